import type { AgentSession } from "@copane/client/agent";
import {
  agentsOf,
  controlOf,
  type Invite,
  type InvitedPart,
  leads,
  mayAct,
  nameOf,
  type ParticipantView,
  type SessionView,
} from "@copane/protocol";
import { fill, h, Settling } from "@copane/ui";
import { answer, button, select } from "../dom.ts";
import type { Messages } from "../locales/en/view.ts";
import type { ViewState } from "../state.ts";
import { aboutCustomer } from "./customer.ts";

interface PeopleOptions {
  session: AgentSession;
  text: Messages;
  /** The address that a colleague opens to use an invitation; undefined when the desktop has none. */
  inviteLink(key: string): string | undefined;
  run(work: Promise<unknown>): void;
}

/** Who is here, and what one can do with colleagues: invite, hand over, show oneself. */
export class People {
  readonly element: HTMLElement;
  readonly #options: PeopleOptions;
  readonly #list: HTMLElement;
  readonly #handover = h("div", { class: "handover", role: "status" });
  /** An offer comes unasked: it takes no answer in its first moment. */
  readonly #settling = new Settling(this.#handover);
  readonly #invite: HTMLElement;
  readonly #parts: HTMLSelectElement;
  readonly #silent: HTMLOptionElement;
  readonly #invited = h("div", { class: "invited", role: "status" });
  #shown = "";
  /** The invitation that stands there: how many had been let in before, and when it expires. */
  #open: { before: number; timer: ReturnType<typeof setTimeout> } | undefined;

  constructor(options: PeopleOptions) {
    const { text } = options;
    this.#options = options;
    this.#list = h("ul", { "aria-label": text.participants });
    const part = select(text.inviteAs, [
      ["agent", text.agent],
      ["observer", text.observer],
      ["silent", text.observerSilent],
    ]);
    this.#parts = part.querySelector("select") as HTMLSelectElement;
    this.#silent = this.#parts.lastElementChild as HTMLOptionElement;
    this.#offerSilent(options.session.session?.silentAllowed === true);
    const make = (event: Event) => {
      event.preventDefault();
      const chosen = part.querySelector("select")?.value ?? "agent";
      options.run(
        this.#make(chosen === "silent" ? "observer" : (chosen as InvitedPart), chosen === "silent"),
      );
    };
    this.#invite = h(
      "details",
      {},
      h("summary", {}, text.invite),
      h("form", { class: "body", onsubmit: make }, part, h("button", { type: "submit" }, text.inviteMake)),
      this.#invited,
    );
    this.element = h(
      "section",
      { class: "people", "aria-label": text.participants },
      h("h2", {}, text.participants),
      this.#list,
      this.#handover,
      this.#invite,
    );
  }

  show(state: ViewState): void {
    const { session, you } = state;
    this.#invite.hidden = !mayAct(session, you);
    this.#offerSilent(session.silentAllowed === true);
    if (this.#open && letIn(session) > this.#open.before) this.#closeInvite();
    const { endsInMs: _, ...handover } = session.handover ?? {};
    const { participants, lead, control, customer } = session;
    const shown = JSON.stringify([participants, customer, lead, control.holder, handover, you]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const focused = (this.element.getRootNode() as ShadowRoot).activeElement?.textContent;
    this.#list.replaceChildren(...session.participants.map((one) => this.#person(one, state)));
    this.#handover.replaceChildren(...this.#handoverLine(state));
    this.#settling.show(JSON.stringify(handover), this.#handover);
    if (focused)
      [...this.#list.querySelectorAll("button")].find(({ textContent }) => textContent === focused)?.focus();
  }

  /** Offered only where the site allows it now: its policy can change while the session goes on. */
  #offerSilent(allowed: boolean): void {
    if (allowed === (this.#silent.parentNode !== null)) return;
    if (allowed) this.#parts.append(this.#silent);
    else this.#silent.remove();
  }

  #person(one: ParticipantView, { session, you }: ViewState): HTMLElement {
    const { text, run, session: own } = this.#options;
    const part = one.role === "customer" ? text.customer : text[one.part ?? "agent"];
    const notes = [
      part,
      one.number === you && text.you,
      leads(session, one.number) && text.leads,
      controlOf(session, one.number) === "held" && text.inControl,
      one.silent && text.notShown,
      !one.connected && text.away,
    ].filter((note) => typeof note === "string");
    const takes =
      leads(session, you) && one.number !== you && one.role === "agent" && mayAct(session, one.number);
    return h(
      "li",
      {},
      h("b", {}, one.name),
      h("span", { class: "hint" }, notes.join(" · ")),
      one.role === "customer" ? aboutCustomer(session.customer, text) : undefined,
      takes && !session.handover
        ? button(fill(text.handOver, { name: one.name }), () => run(own.offerHandover(one.number)))
        : undefined,
      one.number === you && one.silent ? button(text.announce, () => run(own.announce())) : undefined,
    );
  }

  #handoverLine({ session, you }: ViewState): Node[] {
    const { text, run, session: own } = this.#options;
    const { handover } = session;
    if (handover?.to === you) {
      return [
        h("p", {}, fill(text.handOverAsked, { name: nameOf(session, handover.from) })),
        h(
          "div",
          { class: "row" },
          answer(text.takeOver, () => run(own.acceptHandover()), "primary"),
          answer(text.decline, () => run(own.declineHandover())),
        ),
      ];
    }
    if (handover?.from !== you) return [];
    return [
      h("p", {}, fill(text.handOverOffered, { name: nameOf(session, handover.to) })),
      button(text.cancel, () => run(own.cancelHandover())),
    ];
  }

  async #make(part: InvitedPart, silent: boolean): Promise<void> {
    const invite: Invite = await this.#options.session.invite(part, silent);
    const { text, session } = this.#options;
    this.#closeInvite();
    const timer = setTimeout(() => this.#closeInvite(), invite.expiresInMs);
    this.#open = { before: letIn(session.session), timer };
    const link = this.#options.inviteLink(invite.key);
    const copy = button(text.copyLink, () => {
      void navigator.clipboard?.writeText(link ?? invite.key).then(
        () => {
          copy.textContent = text.copied;
        },
        // Not allowed here: the key can still be read out.
        () => {},
      );
    });
    this.#invited.replaceChildren(
      h("p", { class: "hint" }, text.inviteKey),
      h("p", { class: "key" }, invite.key),
      ...(link ? [copy] : []),
    );
  }

  /** An invitation that was used or has expired lets nobody in: its key goes. */
  #closeInvite(): void {
    clearTimeout(this.#open?.timer);
    this.#open = undefined;
    this.#invited.replaceChildren();
  }

  destroy(): void {
    clearTimeout(this.#open?.timer);
  }
}

/** How many agents an invitation can have let in; supervisors need none. The highest number tells, who left too. */
function letIn(session: SessionView | undefined): number {
  const agents = session ? agentsOf(session).filter(({ part }) => part !== "supervisor") : [];
  return Math.max(0, ...agents.map(({ number }) => number));
}
