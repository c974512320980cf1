import type { AgentSession, ConnectionState, Notice } from "@copane/client/agent";
import {
  agentsOf,
  controlOf,
  customerOf,
  isControlled,
  mayAct,
  maySeePage,
  type SessionEvent,
  type SessionView,
} from "@copane/protocol";
import { type ErrorWords, errorText, fill, fillCounted, h } from "@copane/ui";
import { button, setText } from "./dom.ts";
import type { Messages } from "./locales/en/view.ts";
import { Asking } from "./parts/asking.ts";
import { Clock } from "./parts/clock.ts";
import { Ending } from "./parts/ending.ts";
import { Match } from "./parts/match.ts";
import { People } from "./parts/people.ts";
import { Picker } from "./parts/picker.ts";
import { Talk } from "./parts/talk.ts";
import { isOffline, mayNavigate, noticeOf, offlineText, shares, unseen, type ViewState } from "./state.ts";
import { targetsOf } from "./targets.ts";

/** How long a refusal is told, in milliseconds. */
const REFUSAL_MS = 6_000;

/** An error stands at least so long, in milliseconds: what happens next must not take it away unread. */
const READ_MS = 4_000;

/** The customer's tab as a browser. */
const moves = [
  ["back", "←"],
  ["forward", "→"],
  ["reload", "⟳"],
] as const;

interface ViewOptions {
  session: AgentSession;
  view: SessionView;
  text: Messages;
  /** Errors in the reader's language; undefined where they say it themselves. */
  errors: ErrorWords | undefined;
  inviteLink(key: string): string | undefined;
  /** Where the view is put: the replica is laid out from its first frame on. */
  root: ShadowRoot;
}

/** The customer's page, and round it what an agent needs: one session from its join to its end. */
export class LiveView {
  readonly element: HTMLElement;
  readonly #options: ViewOptions;
  readonly #off: (() => void)[] = [];
  readonly #abort = new AbortController();
  readonly #name = h("h1");
  readonly #page = h("span", { class: "hint" });
  readonly #badge = h("span", { class: "badge" });
  readonly #status = h("div", { class: "state", role: "status" });
  readonly #stage = h("div", { class: "stage", "data-stage": true, "data-ready": "false" });
  readonly #veil = h("div", { class: "veil" });
  readonly #checked = h("p", { class: "hint", "data-checked": true, hidden: true });
  readonly #side = h("aside", { class: "side", hidden: true });
  readonly #buttons: Record<
    "request" | "limits" | "cancel" | "release" | "suggest" | "withdraw" | "people" | "end",
    HTMLButtonElement
  >;
  readonly #moves: HTMLElement;
  readonly #clock: Clock;
  readonly #ending: Ending;
  readonly #asking: Asking;
  readonly #picker: Picker;
  readonly #people: People;
  readonly #match: Match;
  readonly #chat: Talk;
  readonly #whispers: Talk;
  readonly #endView: () => void;
  #state: ViewState;
  #read = 0;
  #error = "";
  #errorAt = 0;
  #forget: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ViewOptions) {
    const { session, text, view } = options;
    this.#options = options;
    const { you, connection, trouble } = session;
    this.#state = { session: view, you, connection, ready: false, trouble: this.#troubleText(trouble) };
    this.#clock = new Clock(text.elapsed);
    this.#ending = new Ending(session, text);
    this.#picker = new Picker(text.pointHint);
    this.#asking = new Asking({
      text,
      targets: () => (session.replica ? targetsOf(session.replica) : []),
      pick: async (targets) => (session.replica ? this.#picker.pick(session.replica, targets) : undefined),
      request: (wish) => this.#run(session.requestControl(wish)),
      propose: (proposal) => session.propose(proposal),
    });
    this.#people = new People({
      session,
      text,
      inviteLink: options.inviteLink,
      run: (work) => this.#run(work),
    });
    this.#match = new Match(session, text, (work) => this.#run(work));
    const failed = (error: Error) => this.#fail(error);
    this.#chat = new Talk({
      title: text.chat,
      label: text.message,
      send: text.send,
      say: (line) => session.say(line),
      failed,
    });
    this.#whispers = new Talk({
      title: text.whisper,
      label: text.whisperMessage,
      send: text.send,
      hint: text.customerHears,
      say: (line) => session.whisper(line),
      failed,
    });
    this.#side.append(this.#people.element, this.#chat.element, this.#whispers.element, this.#checked);
    this.#buttons = {
      request: button(text.requestControl, () => this.#run(session.requestControl()), "primary"),
      limits: button(text.limitedControl, () => this.#asking.limits(this.#state.session.control.highest)),
      cancel: button(text.cancelRequest, () => this.#run(session.releaseControl())),
      release: button(text.releaseControl, () => this.#run(session.releaseControl()), "held"),
      suggest: button(text.suggest, () => this.#asking.step()),
      withdraw: button(text.withdraw, () => this.#run(session.cancelProposal())),
      people: button(text.people, () => this.#toggleSide()),
      end: button(text.end, () => this.#ending.ask(this.#state), "danger"),
    };
    this.#buttons.people.setAttribute("aria-expanded", "false");
    this.#moves = h(
      "span",
      { class: "moves" },
      ...moves.map(([go, sign]) => signed(sign, text[go], () => session.navigate(go))),
    );
    const bar = this.#bar();
    this.element = h(
      "div",
      { class: "live" },
      bar,
      this.#status,
      // A line of the desktop's own, for what is used together with the page.
      h("slot", { name: "line" }),
      h(
        "div",
        { class: "middle" },
        h(
          "div",
          { class: "stage-frame" },
          this.#stage,
          this.#veil,
          this.#match.element,
          this.#picker.element,
        ),
        this.#side,
      ),
      this.#ending.element,
      this.#asking.element,
    );
    options.root.append(this.element);
    this.#listen(bar);
    this.#endView = session.attachView(this.#stage, text.view);
    this.#chat.show(session.chat, session.you);
    this.#whispers.show(session.whispers, session.you);
    this.#ending.idle(view.idleClosesInMs);
    this.#draw();
  }

  destroy(): void {
    this.#abort.abort();
    clearTimeout(this.#forget);
    for (const off of this.#off) off();
    this.#picker.cancel();
    this.#clock.destroy();
    this.#people.destroy();
    this.#ending.destroy();
    this.#endView();
    this.element.remove();
  }

  #bar(): HTMLElement {
    const { session, text } = this.#options;
    const { request, limits, cancel, release, suggest, withdraw, people, end } = this.#buttons;
    return h(
      "div",
      { class: "bar" },
      h("div", { class: "who" }, this.#name, this.#page),
      h(
        "div",
        { class: "tools" },
        this.#clock.element,
        this.#badge,
        request,
        cancel,
        release,
        limits,
        suggest,
        withdraw,
        // The desktop's own tools stand among ours.
        h("slot", { name: "tools" }),
        this.#moves,
        signed("↻", text.refresh, () => session.refresh()),
        people,
        end,
      ),
    );
  }

  #listen(bar: HTMLElement): void {
    const { session } = this.#options;
    this.#off.push(
      session.on("change", ({ session: view, event }) => this.#changed(view, event)),
      session.on("connection", (connection: ConnectionState) => this.#set({ connection })),
      session.on("page", (page) => this.#set({ page })),
      session.on("ready", () => this.#set({ ready: true })),
      session.on("trouble", (error) => this.#set({ trouble: this.#troubleText(error) })),
      session.on("figures", () => this.#draw()),
      session.on("fidelity", () => this.#draw()),
      session.on("notice", (notice) => this.#noticed(notice)),
      session.on("error", (error) => this.#fail(error)),
      session.on("chat", (lines) => {
        this.#chat.show(lines, session.you);
        this.#draw();
      }),
      session.on("whisper", (lines) => {
        this.#whispers.show(lines, session.you);
        this.#draw();
      }),
    );
    // F6 and Ctrl+Alt+Escape are the way out of the page for the keyboard.
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "F6" && !(event.key === "Escape" && event.ctrlKey && event.altKey)) return;
      event.preventDefault();
      [...bar.querySelectorAll<HTMLElement>("button")].find(({ hidden }) => !hidden)?.focus();
    };
    window.addEventListener("keydown", leave, { signal: this.#abort.signal });
    // Minutes that are left go by without an event.
    const timer = setInterval(() => this.#draw(), 15_000);
    this.#abort.signal.addEventListener("abort", () => clearInterval(timer));
  }

  #changed(view: SessionView, event: SessionEvent | undefined): void {
    const { holder, endsInMs } = view.control;
    const { grantUntil: _, ...rest } = this.#state;
    this.#state = {
      ...rest,
      session: view,
      you: this.#options.session.you,
      ...(holder === undefined || endsInMs === undefined ? {} : { grantUntil: Date.now() + endsInMs }),
      ...(event ? { last: event } : {}),
    };
    if (Date.now() - this.#errorAt >= READ_MS) this.#error = "";
    this.#ending.idle(view.idleClosesInMs);
    if (event === "handover.offered" && view.handover?.to === this.#state.you) this.#openSide(true);
    this.#draw();
  }

  #set(change: Partial<ViewState>): void {
    this.#state = { ...this.#state, ...change };
    this.#draw();
  }

  /** A refusal is news for a moment, a dialog for as long as it stands. */
  #noticed(notice: Notice): void {
    clearTimeout(this.#forget);
    this.#set({ notice: notice.kind === "dialogClosed" ? undefined : notice });
    if (notice.kind === "refused")
      this.#forget = setTimeout(() => this.#set({ notice: undefined }), REFUSAL_MS);
  }

  #run(work: Promise<unknown>): void {
    work.catch((error: Error) => this.#fail(error));
  }

  #fail(error: Error): void {
    this.#error = errorText(error, this.#options.errors);
    this.#errorAt = Date.now();
    this.#draw();
  }

  #troubleText(error: Error | undefined): string | undefined {
    return error && errorText(error, this.#options.errors);
  }

  #toggleSide(): void {
    this.#openSide(this.#side.hidden);
  }

  #openSide(open: boolean): void {
    this.#side.hidden = !open;
    this.#buttons.people.setAttribute("aria-expanded", String(open));
    this.#draw();
  }

  #draw(): void {
    const { text } = this.#options;
    const state = this.#state;
    const { session, you, connection, page, ready } = state;
    const customer = customerOf(session);
    const name = customer?.name ?? "";
    const paused = session.state === "paused";
    setText(this.#name, name);
    setText(this.#page, page ? `${page.title} — ${page.url}` : text.waitingPage);
    this.#badge.dataset.connection = connection;
    const away = customer && !customer.connected;
    setText(this.#badge, away ? fill(text.customerAway, { name }) : text[connection]);
    const control = controlOf(session, you);
    this.#status.dataset.control = control;
    this.#status.classList.toggle("paused", paused);
    this.#status.classList.toggle("told", this.#error !== "");
    setText(this.#status, this.#error || noticeOf(state, text));
    this.#stage.dataset.ready = String(ready);
    this.#drawButtons(control);
    this.#drawVeil(name, paused);
    this.#people.show(state);
    this.#match.show(state);
    const { fidelity } = this.#options.session;
    this.#checked.hidden = fidelity.compared === 0;
    setText(this.#checked, fillCounted(text.checked, shares(fidelity), text.language));
    this.#chat.writable = mayAct(session, you);
    this.#whispers.element.hidden = this.#whispers.count === 0 && agentsOf(session).length < 2;
  }

  #drawButtons(control: ReturnType<typeof controlOf>): void {
    const { text } = this.#options;
    const { session, you, connection, trouble } = this.#state;
    const { request, limits, cancel, release, suggest, withdraw, people, end } = this.#buttons;
    const may = mayAct(session, you);
    const grantable = session.control.highest === "scroll" || session.control.highest === "full";
    const ready = session.state === "active" && connection === "connected" && maySeePage(session) && !trouble;
    const had = (this.element.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    request.hidden = limits.hidden = !may || !grantable || control !== "none";
    request.disabled = limits.disabled = !ready || isControlled(session);
    cancel.hidden = control !== "pending";
    release.hidden = control !== "held";
    this.#moves.hidden = !mayNavigate(session, you);
    withdraw.hidden = session.proposal?.by !== you;
    suggest.hidden = !may || !withdraw.hidden || session.control.highest === "view";
    suggest.disabled = !ready || session.proposal !== undefined;
    setText(end, this.#ending.label(this.#state));
    const count = this.#chat.count + this.#whispers.count;
    if (!this.#side.hidden) this.#read = count;
    const unread = Math.max(0, count - this.#read);
    setText(people, unread ? fill(text.peopleUnread, { count: unread }) : text.people);
    // A button that had the focus and is gone hands it to the one in its place.
    if (had?.hidden) [request, cancel, release].find(({ hidden }) => !hidden)?.focus();
  }

  #drawVeil(name: string, paused: boolean): void {
    const { text } = this.#options;
    const hidden = unseen(this.#state.session);
    const { match } = this.#state.session;
    // Before the first connection there is no picture that could be taken for the customer's page.
    const offline = isOffline(this.#state);
    const { trouble } = this.#state;
    this.#veil.hidden = this.#state.ready && !paused && !hidden && !match && !offline && !trouble;
    this.#veil.classList.toggle("strong", paused || match !== undefined || hidden !== undefined || offline);
    // What stands there may be wrong, and is not to be taken for the customer's page.
    this.#veil.classList.toggle("blind", trouble !== undefined);
    if (this.#veil.hidden) return;
    if (offline) {
      this.#veil.replaceChildren(h("b", {}, offlineText(this.#state, text)), h("p", {}, text.offlineText));
      return;
    }
    if (match) {
      // Who leads has it in a card of its own.
      const waiting = fill(text.matchOther, { name });
      this.#veil.replaceChildren(...(match.with === this.#state.you ? [] : [h("b", {}, waiting)]));
      return;
    }
    if (trouble && !hidden && !paused) {
      this.#veil.replaceChildren(h("b", {}, text.unshown), h("p", {}, trouble));
      return;
    }
    const title = paused
      ? fill(text.pausedTitle, { name })
      : hidden
        ? fill(hidden === "asked" ? text.waitingConsent : text.consentRefused, { name })
        : text.waitingPage;
    this.#veil.replaceChildren(h("b", {}, title), ...(paused ? [h("p", {}, text.pausedText)] : []));
  }
}

/** A button that shows a sign in place of its name. */
function signed(sign: string, name: string, run: () => void): HTMLButtonElement {
  const made = button(sign, run);
  made.ariaLabel = made.title = name;
  return made;
}
