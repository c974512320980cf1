import type { AgentSession, ConnectionState, Notice } from "@copane/client/agent";
import { controlOf, type SessionEvent, type SessionView } from "@copane/protocol";
import { type ErrorWords, errorText, h, isPlainKey } from "@copane/ui";
import { setText } from "./dom.ts";
import type { Messages } from "./locales/en/view.ts";
import { Asking } from "./parts/asking.ts";
import { Bar } from "./parts/bar.ts";
import { Ending } from "./parts/ending.ts";
import { Match } from "./parts/match.ts";
import { Picker } from "./parts/picker.ts";
import { Side } from "./parts/side.ts";
import { Veil } from "./parts/veil.ts";
import { noticeOf, type ViewState } from "./state.ts";
import { targetsOf } from "./targets.ts";

/** How long a refusal is told, in milliseconds. */
const REFUSAL_MS = 6_000;

/** An error stands at least so long, in milliseconds: what happens next must not take it away unread. */
const READ_MS = 4_000;

/** Minutes that are left go by without an event: they are drawn so often, in milliseconds. */
const DRAW_MS = 15_000;

interface ViewOptions {
  session: AgentSession;
  view: SessionView;
  text: Messages;
  /** Errors in the reader's language; undefined where they say it themselves. */
  errors: ErrorWords | undefined;
  inviteLink(key: string): string | undefined;
  /** Whether single keys do what buttons do; never, where it is not given. */
  keys?: (() => boolean) | undefined;
  /** Lines that the agent often writes to customers. */
  cannedLines(): readonly string[];
  /** Where the view is put: the replica is laid out from its first frame on. */
  root: ShadowRoot;
}

/** The customer's page, and round it what an agent needs: one session from its join to its end. */
export class LiveView {
  readonly element: HTMLElement;
  readonly #options: ViewOptions;
  readonly #off: (() => void)[] = [];
  readonly #abort = new AbortController();
  readonly #status = h("div", { class: "state", role: "status" });
  readonly #stage = h("div", {
    class: "stage",
    tabindex: "-1",
    "data-stage": true,
    "data-ready": "false",
    "data-keys": true,
  });
  readonly #bar: Bar;
  readonly #veil: Veil;
  readonly #side: Side;
  readonly #ending: Ending;
  readonly #asking: Asking;
  readonly #picker: Picker;
  readonly #match: Match;
  readonly #endView: () => void;
  #state: ViewState;
  #error = "";
  #errorAt = 0;
  #forget: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ViewOptions) {
    const { session, text, view, inviteLink, cannedLines } = options;
    this.#options = options;
    const { you, connection, trouble } = session;
    this.#state = { session: view, you, connection, ready: false, trouble: this.#troubleText(trouble) };
    const run = (work: Promise<unknown>) => this.#run(work);
    this.#veil = new Veil(text);
    this.#ending = new Ending(session, text);
    this.#picker = new Picker(text);
    this.#match = new Match(session, text, run);
    this.#asking = this.#makeAsking();
    this.#side = new Side({
      session,
      text,
      inviteLink,
      cannedLines,
      run,
      failed: (error) => this.#fail(error),
    });
    this.#bar = new Bar({
      session,
      text,
      status: this.#status,
      run,
      onLimits: () => this.#asking.limits(this.#state.session.control.highest),
      onSuggest: () => void this.#asking.step(),
      onSide: () => this.#openSide(!this.#side.open),
      onEnd: () => this.#ending.ask(this.#state),
    });
    this.element = this.#layOut();
    options.root.append(this.element);
    this.#listen();
    this.#endView = session.attachView(this.#stage, text.view);
    this.#ending.idle(view.idleClosesInMs);
    this.#draw();
  }

  destroy(): void {
    this.#abort.abort();
    clearTimeout(this.#forget);
    for (const off of this.#off) off();
    this.#picker.cancel();
    this.#bar.destroy();
    this.#side.destroy();
    this.#ending.destroy();
    this.#endView();
    this.element.remove();
  }

  #makeAsking(): Asking {
    const { session, text } = this.#options;
    return new Asking({
      text,
      targets: () => (session.replica ? targetsOf(session.replica) : []),
      pick: async (targets, how) =>
        session.replica ? this.#picker.pick(session.replica, targets, how) : undefined,
      request: (wish) => this.#run(session.requestControl(wish)),
      propose: (proposal) => session.propose(proposal),
    });
  }

  #layOut(): HTMLElement {
    const over = [this.#veil, this.#match, this.#picker].map(({ element }) => element);
    return h(
      "div",
      { class: "live" },
      this.#bar.element,
      // A line of the desktop's own, for what is used together with the page.
      h("slot", { name: "line" }),
      h(
        "div",
        { class: "middle" },
        // A dock of the desktop's own tools, beside the page.
        h("slot", { name: "dock" }),
        h("div", { class: "stage-frame" }, this.#stage, ...over),
        this.#side.element,
      ),
      this.#ending.element,
      this.#asking.element,
    );
  }

  #listen(): void {
    const { session } = this.#options;
    const { signal } = this.#abort;
    this.#off.push(
      session.on("change", ({ session: view, event }) => this.#changed(view, event)),
      session.on("connection", (connection: ConnectionState) => this.#set({ connection })),
      session.on("page", (page) => this.#set({ page })),
      session.on("ready", () => this.#set({ ready: true })),
      session.on("trouble", (error) => this.#set({ trouble: this.#troubleText(error) })),
      session.on("figures", () => this.#draw()),
      session.on("fidelity", (fidelity) => this.#bar.picture.heard(fidelity)),
      session.on("notice", (notice) => this.#noticed(notice)),
      session.on("error", (error) => this.#fail(error)),
      session.on("chat", (lines) => {
        this.#side.chat(lines);
        this.#draw();
      }),
      session.on("whisper", (lines) => {
        this.#side.whispers(lines);
        this.#draw();
      }),
    );
    // F6 and Ctrl+Alt+Escape are the way out of the page for the keyboard.
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "F6" && !(event.key === "Escape" && event.ctrlKey && event.altKey)) return;
      event.preventDefault();
      this.#bar.focus();
    };
    window.addEventListener("keydown", leave, { signal });
    if (this.#options.keys) window.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#keepKeys(signal);
    const timer = setInterval(() => this.#draw(), DRAW_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  /**
   * Who has clicked into the page means it with the next keys, also when control has just ended: they are no shortcuts.
   * While a tool draws, they are.
   */
  #keepKeys(signal: AbortSignal): void {
    const { session } = this.#options;
    let inPage = false;
    const hold = () => {
      const { activeElement } = this.#options.root;
      if (inPage && !activeElement && document.hasFocus()) this.#stage.focus({ preventScroll: true });
    };
    this.#stage.addEventListener("focusin", () => {
      inPage = true;
    });
    const elsewhere = (event: Event) => {
      inPage = event.composedPath().includes(this.#stage);
      // What the browser itself does with the focus comes first.
      if (inPage) setTimeout(hold);
    };
    window.addEventListener("pointerdown", elsewhere, { signal, capture: true });
    window.addEventListener("focusin", elsewhere, { signal });
    this.#off.push(
      session.on("change", () => setTimeout(hold)),
      session.marks.on("settings", ({ drawing, marker }) => {
        this.#stage.toggleAttribute("data-keys", !drawing && !marker);
      }),
    );
  }

  #key(event: KeyboardEvent): void {
    const { keys } = this.#options;
    // What is behind another session takes no keys.
    if (!keys?.() || !isPlainKey(event) || !this.element.checkVisibility({ visibilityProperty: true }))
      return;
    if (this.#bar.press(event.shiftKey ? "" : event.key.toUpperCase())) event.preventDefault();
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

  #openSide(open: boolean): void {
    this.#side.open = open;
    this.#draw();
  }

  #draw(): void {
    const state = this.#state;
    this.#status.dataset.control = controlOf(state.session, state.you);
    this.#status.classList.toggle("paused", state.session.state === "paused");
    this.#status.classList.toggle("told", this.#error !== "");
    setText(this.#status, this.#error || noticeOf(state, this.#options.text));
    this.#status.title = this.#status.textContent;
    this.#stage.dataset.ready = String(state.ready);
    this.#side.show(state);
    this.#bar.show(state, this.#ending.label(state), this.#side);
    this.#veil.show(state);
    this.#match.show(state);
  }
}
