import type { AgentSession } from "@copane/client/agent";
import { controlOf, customerOf, isControlled, mayAct, maySeePage } from "@copane/protocol";
import { directionOf, fill, h } from "@copane/ui";
import { button, setText } from "../dom.ts";
import type { Messages } from "../locales/en/view.ts";
import { mayNavigate, type ViewState } from "../state.ts";
import { Clock } from "./clock.ts";

/** The customer's tab as a browser: back points to where reading begins. */
const moves = [
  ["back", "←", "→"],
  ["forward", "→", "←"],
  ["reload", "⟳", "⟲"],
] as const;

interface BarOptions {
  session: AgentSession;
  text: Messages;
  run(work: Promise<unknown>): void;
  /** Control with limits is asked for. */
  onLimits(): void;
  onSuggest(): void;
  onSide(): void;
  onEnd(): void;
}

/** The line over the page: whose page it is, how it stands, and what the agent can do. */
export class Bar {
  readonly element: HTMLElement;
  readonly #text: Messages;
  readonly #name = h("h1");
  readonly #page = h("span", { class: "hint" });
  readonly #badge = h("span", { class: "badge" });
  readonly #clock: Clock;
  readonly #moves: HTMLElement;
  readonly #request: HTMLButtonElement;
  readonly #limits: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #release: HTMLButtonElement;
  readonly #suggest: HTMLButtonElement;
  readonly #withdraw: HTMLButtonElement;
  readonly #people: HTMLButtonElement;
  readonly #end: HTMLButtonElement;

  constructor({ session, text, run, onLimits, onSuggest, onSide, onEnd }: BarOptions) {
    this.#text = text;
    this.#clock = new Clock(text.elapsed);
    this.#request = button(text.requestControl, () => run(session.requestControl()), "primary");
    this.#limits = button(text.limitedControl, onLimits);
    this.#cancel = button(text.cancelRequest, () => run(session.releaseControl()));
    this.#release = button(text.releaseControl, () => run(session.releaseControl()), "held");
    this.#suggest = button(text.suggest, onSuggest);
    this.#withdraw = button(text.withdraw, () => run(session.cancelProposal()));
    this.#people = button(text.people, onSide);
    this.#end = button(text.end, onEnd, "danger");
    const isRightToLeft = directionOf(text.language) === "rtl";
    const signs = moves.map(([go, sign, mirrored]) =>
      signed(isRightToLeft ? mirrored : sign, text[go], () => session.navigate(go)),
    );
    this.#moves = h("span", { class: "moves" }, ...signs);
    this.element = h(
      "div",
      { class: "bar" },
      h("div", { class: "who" }, this.#name, this.#page),
      h(
        "div",
        { class: "tools" },
        this.#clock.element,
        this.#badge,
        this.#request,
        this.#cancel,
        this.#release,
        this.#limits,
        this.#suggest,
        this.#withdraw,
        // The desktop's own tools stand among ours.
        h("slot", { name: "tools" }),
        this.#moves,
        signed("↻", text.refresh, () => session.refresh()),
        this.#people,
        this.#end,
      ),
    );
  }

  /** Puts the focus on the first button there is. */
  focus(): void {
    [...this.element.querySelectorAll<HTMLElement>("button")].find(({ hidden }) => !hidden)?.focus();
  }

  /**
   * @param end what the button is called that ends it
   * @param side whether what stands beside the page is open, and how many lines nobody has read there
   */
  show(state: ViewState, end: string, side: { open: boolean; unread: number }): void {
    const text = this.#text;
    const { session, connection, page } = state;
    const customer = customerOf(session);
    const name = customer?.name ?? "";
    setText(this.#name, name);
    setText(this.#page, page ? `${page.title} — ${page.url}` : text.waitingPage);
    this.#badge.dataset.connection = connection;
    const away = customer && !customer.connected;
    setText(this.#badge, away ? fill(text.customerAway, { name }) : text[connection]);
    setText(this.#end, end);
    setText(this.#people, side.unread ? fill(text.peopleUnread, { count: side.unread }) : text.people);
    this.#people.setAttribute("aria-expanded", String(side.open));
    this.#offer(state);
  }

  destroy(): void {
    this.#clock.destroy();
  }

  /** Shows what the agent can do now. */
  #offer({ session, you, connection, trouble }: ViewState): void {
    const control = controlOf(session, you);
    const may = mayAct(session, you);
    const { highest } = session.control;
    const ready = session.state === "active" && connection === "connected" && maySeePage(session) && !trouble;
    const had = (this.element.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    const grantable = highest === "scroll" || highest === "full";
    this.#request.hidden = this.#limits.hidden = !may || !grantable || control !== "none";
    this.#request.disabled = this.#limits.disabled = !ready || isControlled(session);
    this.#cancel.hidden = control !== "pending";
    this.#release.hidden = control !== "held";
    this.#moves.hidden = !mayNavigate(session, you);
    this.#withdraw.hidden = session.proposal?.by !== you;
    this.#suggest.hidden = !may || !this.#withdraw.hidden || highest === "view";
    this.#suggest.disabled = !ready || session.proposal !== undefined;
    // A button that had the focus and is gone hands it to the one in its place.
    if (had?.hidden) [this.#request, this.#cancel, this.#release].find(({ hidden }) => !hidden)?.focus();
  }
}

/** A button that shows a sign in place of its name. */
function signed(sign: string, name: string, run: () => void): HTMLButtonElement {
  const made = button(sign, run);
  made.ariaLabel = made.title = name;
  return made;
}
