import { CustomerSession, type Overlay, type ShownProposal } from "@copane/client/customer";
import { OnRequest } from "@copane/mirror/on-request";
import type { CloseReason, SessionView } from "@copane/protocol";
import { h, Settling } from "@copane/ui";
import type { SessionWidget, WidgetContext } from "./config.ts";
import type { ControlUi } from "./control.ts";
import type { MarksUi } from "./marks.ts";
import { type Messages, Words } from "./messages/index.ts";
import type { Actions } from "./ui/actions.ts";
import { ChatSlot } from "./ui/chat-slot.ts";
import { Focus } from "./ui/focus.ts";
import { PANEL_KEY, panel } from "./ui/panel.ts";
import { Parts } from "./ui/parts.ts";
import { ScreensSlot } from "./ui/screens-slot.ts";
import { isShortcut } from "./ui/shortcut.ts";
import { agentOf, initialState, isRare, screenOf, type UiState } from "./ui/state.ts";
import { style } from "./ui/style.ts";

/** What is over sooner than this is not shown at all: a panel that flickers is laid out for nothing. */
const SOON_MS = 200;

/** Makes the widget of a session: the panel, and behind it the customer's seat. */
export async function createWidget(context: WidgetContext): Promise<SessionWidget> {
  const widget = new Widget(context);
  await widget.loadWords();
  return widget;
}

class Widget implements SessionWidget {
  readonly #context: WidgetContext;
  readonly #root: HTMLElement;
  readonly #edge: HTMLElement;
  readonly #slot: HTMLElement;
  readonly #announce: HTMLElement;
  readonly #parts: Parts;
  readonly #overlay: OnRequest<Overlay>;
  readonly #screens: ScreensSlot;
  #controlUi: ControlUi | undefined;
  readonly #chat: ChatSlot;
  readonly #words: Words;
  readonly #marks: HTMLElement;
  #state: UiState;
  #session: CustomerSession | undefined;
  #marksUi: MarksUi | undefined;
  readonly #settling: Settling;
  readonly #focus: Focus;
  #question = "";
  #frame = 0;
  #focusDue = false;
  #idleTimer: ReturnType<typeof setInterval> | undefined;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;
  #connectionTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    const { name = "", assets, stopKey = initialState.stopKey } = context.config;
    this.#parts = new Parts(assets, context.root);
    this.#parts.add(style);
    this.#chat = new ChatSlot(
      () => this.#parts.load<typeof import("./chat.ts")>("chat"),
      (line) => this.#session?.say(line),
    );
    this.#words = new Words(assets, () => this.#set({}));
    this.#state = { ...initialState, name, nameGiven: name !== "", stopKey };
    this.#edge = h("div", { class: "edge", hidden: true });
    this.#slot = h("div");
    this.#settling = new Settling(this.#slot);
    this.#focus = new Focus(context.root, this.#slot);
    this.#announce = h("div", { class: "announce", "aria-live": "polite" });
    const layer = h("div");
    this.#marks = h("div", { class: "marks" });
    this.#root = h(
      "div",
      { class: `root ${context.config.side === "left" ? "left" : ""}` },
      this.#edge,
      this.#marks,
      layer,
      h("div", { class: "dock" }, this.#chat.element, this.#slot),
      this.#announce,
    );
    this.#overlay = new OnRequest(
      async () => new (await this.#parts.load<typeof import("./pointer.ts")>("pointer")).Overlay(layer),
    );
    this.#screens = new ScreensSlot(
      () => this.#parts.load("screens"),
      () => this.#render(),
    );
    this.#screens.watchModals(context.host, this.#root);
    addEventListener("keydown", this.#key, { capture: true });
  }

  /** Fetches the language it will begin in, so that nothing is said in another first. */
  loadWords(): Promise<void> {
    return this.#words.load(this.#locale);
  }

  open(): void {
    this.#mount();
    // A site may open it by itself.
    this.#focusDue = !this.#focus.isTyping;
    this.#set({ ended: undefined, error: undefined });
    // Without an answer the widget's own words stand: they say the same.
    this.#make()
      .sitePolicy()
      .then(({ consentText }) => this.#set({ consentText }))
      .catch(() => {});
  }

  async start(name = this.#state.name): Promise<void> {
    const locale = this.#context.config.locale || document.documentElement.lang;
    await this.#begin((session) => session.start({ name, ...(locale ? { locale } : {}) }));
  }

  async join(key: string, name = this.#state.name): Promise<void> {
    await this.#begin((session) => session.join({ name: name || "Customer", passphrase: key }));
  }

  async resume(): Promise<boolean> {
    const session = this.#make();
    if (!(await session.resume())) return false;
    this.#session = session;
    this.#mount();
    this.#render();
    return true;
  }

  async stop(reason?: string): Promise<void> {
    await this.#session?.leave(reason);
  }

  policyChanged(): void {
    this.#session?.policyChanged();
  }

  async #begin(join: (session: CustomerSession) => Promise<void>): Promise<void> {
    if (this.#state.busy || this.#session) return;
    this.#mount();
    this.#state = { ...this.#state, busy: true, error: undefined };
    const busyTimer = setTimeout(() => this.#renderSoon(), this.#slot.firstChild ? 0 : SOON_MS);
    const session = this.#make();
    try {
      await join(session);
      this.#session = session;
      this.#set({ busy: false, session: session.session });
      this.#context.emit("start", { id: session.session?.id ?? "" });
    } catch (error) {
      this.#set({ busy: false, error: (error as Error).message });
      throw error;
    } finally {
      clearTimeout(busyTimer);
    }
  }

  #make(): CustomerSession {
    const { config, host, early } = this.#context;
    const session: CustomerSession = new CustomerSession({
      server: config.server,
      early,
      loadSockJs: () => this.#parts.load("sockjs"),
      ignore: (element) => element === host,
      marks: { layer: this.#marks, load: () => this.#loadMarks(session) },
      loadChat: () => this.#parts.load("chat"),
      loadControl: () => this.#loadControl(),
      loadPointing: () => this.#parts.load("pointer"),
      loadFeatures: () => this.#parts.load("rare"),
      policy: () => config.privacy,
      ...(config.frames
        ? { frames: { origins: config.frames, load: () => this.#parts.load("frame-host") } }
        : {}),
      ...(config.control ? { control: config.control } : {}),
    });
    session.on("change", ({ session: view, event, by }) => {
      this.#tell(event, by, view);
      this.#set({ session: view, error: undefined });
      this.#idle(view.idleClosesInMs);
    });
    session.on("connection", (connection) => {
      clearTimeout(this.#connectionTimer);
      if (connection !== "connecting") this.#set({ connection });
      else this.#connectionTimer = setTimeout(() => this.#set({ connection }), SOON_MS);
    });
    // What the customer paused or refused shows at once, whether or not the server has confirmed it.
    session.on("sharing", ({ error }) => this.#set({ session: session.session, notShared: error?.message }));
    session.on("closed", (reason) => this.#closed(reason));
    session.on("error", (error) => this.#set({ error: error.message }));
    session.on("chat", (lines) => {
      this.#chat.lines = lines;
    });
    // Keys that are pressed in an iframe of the page are not heard in its window.
    session.on("window", ({ view, signal }) =>
      view.addEventListener("keydown", this.#key, { capture: true, signal }),
    );
    session.on("proposal", (shown) => this.#proposed(shown));
    session.on("scope", (scope) => this.#controlUi?.limit(scope));
    session.on("touch", ({ element }) => this.#overlay.use((overlay) => overlay.touch(element)));
    session.on("pointer", ({ viewer, at }) => {
      const name = nameIn(this.#state.session, viewer);
      this.#overlay.use((overlay) => overlay.point(name, at));
    });
    return session;
  }

  async #loadControl(): Promise<typeof import("./control.ts")> {
    const script = await this.#parts.load<typeof import("./control.ts")>("control");
    this.#controlUi ??= new script.ControlUi(this.#root);
    return script;
  }

  /** The customer's tools and what is read out come with the engine. */
  async #loadMarks(session: CustomerSession): Promise<typeof import("./marks.ts")> {
    const script = await this.#parts.load<typeof import("./marks.ts")>("marks");
    this.#marksUi ??= script.createMarksUi({ place: this.#root, session });
    return script;
  }

  #tell(event: string | undefined, by: number | undefined, view: SessionView): void {
    const { emit } = this.#context;
    if (event === "agent.joined" || event === "agent.announced")
      emit("agent", { name: nameIn(view, by), joined: true });
    // Who left is not in the session any more.
    if (event === "agent.left" && by !== undefined)
      emit("agent", { name: nameIn(this.#state.session, by), joined: false });
    if (event === "control.granted") emit("control", { granted: true });
    if (event === "control.revoked" || event === "control.released" || event === "control.expired")
      emit("control", { granted: false });
  }

  #closed({ code, text }: CloseReason): void {
    this.#session = undefined;
    this.#chat.lines = [];
    this.#marksUi?.destroy();
    this.#marksUi = undefined;
    this.#idle(undefined);
    clearTimeout(this.#connectionTimer);
    this.#overlay.now?.point("", undefined);
    this.#set({ session: undefined, ended: text, minimised: false, byKey: false, error: undefined });
    this.#context.emit("end", { code, text });
  }

  #idle(closesInMs: number | undefined): void {
    clearInterval(this.#idleTimer);
    this.#idleTimer = undefined;
    if (closesInMs === undefined) {
      this.#set({ idleSeconds: undefined });
      return;
    }
    const until = Date.now() + closesInMs;
    const tick = () => this.#set({ idleSeconds: Math.max(0, Math.ceil((until - Date.now()) / 1_000)) });
    this.#idleTimer = setInterval(tick, 1_000);
    tick();
  }

  /** One key stops, takes control back, answers a proposal or goes to the panel; the page does not get it. */
  readonly #key = (event: KeyboardEvent): void => {
    const held = this.#state.session?.control.holder !== undefined;
    const proposed = this.#controlUi?.proposal.answerable;
    // What an agent's input makes of keys is never trusted: nobody accepts or stops for the customer.
    if (!event.isTrusted) return;
    let run: (() => void) | undefined;
    if (this.#session && isShortcut(event, this.#state.stopKey)) run = () => this.#actions.stop();
    else if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    else if (event.key === "Escape" && held) run = () => this.#actions.revoke();
    else if (event.key === "Escape" && proposed) run = () => this.#answer(false);
    else if (event.key === "F2" && proposed) run = () => this.#answer(true);
    // From the panel on it is the browser's, which goes to its own bars by it.
    else if (event.key === PANEL_KEY && this.#session && !this.#focus.inside) run = () => this.#enter();
    if (!run) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    run();
  };

  #enter(): void {
    this.#focus.enter();
    this.#controlUi?.proposal.focus();
  }

  #proposed(shown: ShownProposal | undefined): void {
    const name = nameIn(this.#state.session, shown?.by);
    if (this.#controlUi?.proposal.element.contains(this.#focus.inside ?? null)) this.#focus.leave();
    const words = this.#controlUi?.propose(name, shown, this.#text, {
      accept: () => this.#answer(true),
      decline: () => this.#answer(false),
    });
    if (shown && words) this.#announce.textContent = words;
  }

  #answer(accepted: boolean): void {
    this.#run(accepted ? this.#session?.acceptProposal() : this.#session?.declineProposal());
  }

  get #locale(): string {
    return (
      this.#state.session?.locale ?? this.#context.config.locale ?? document.documentElement.lang ?? "en"
    );
  }

  get #text(): Messages {
    return this.#words.for(this.#locale);
  }

  readonly #actions: Actions = {
    named: (name) => {
      this.#state.name = name;
    },
    start: () => void this.start(this.#state.name.trim()).catch(() => {}),
    join: (key) => void this.join(key, this.#state.name.trim()).catch(() => {}),
    byKey: (on) => {
      this.#focusDue = true;
      this.#set({ byKey: on, error: undefined });
    },
    copy: () => void this.#copy(),
    pause: () => this.#run(this.#session?.pause()),
    resume: () => this.#run(this.#session?.resumeView()),
    stop: () => this.#run(this.#session?.leave()),
    grant: () => this.#run(this.#session?.grantControl()),
    deny: () => this.#run(this.#session?.denyControl()),
    give: (what) => this.#run(this.#session?.giveConsent(what)),
    refuse: (what) => this.#run(this.#session?.refuseConsent(what)),
    revoke: () => this.#run(this.#session?.revokeControl()),
    draw: () => {
      this.#session?.marks.startDrawing();
      this.#set({ minimised: true });
    },
    goOn: () => this.#run(this.#session?.continueSession()),
    close: () => {
      const { name, nameGiven, stopKey } = this.#state;
      this.#state = { ...initialState, name, nameGiven, stopKey };
      this.#root.remove();
      this.#slot.replaceChildren();
      this.#context.idle();
    },
    minimise: (on) => {
      this.#focusDue = true;
      this.#set({ minimised: on });
    },
  };

  #run(done: Promise<void> | undefined): void {
    done?.catch((error: Error) => this.#set({ error: error.message }));
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#state.session?.passphrase ?? "");
    } catch {
      // Not allowed here: the key can still be selected and read out.
      return;
    }
    this.#set({ copied: true });
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = setTimeout(() => this.#set({ copied: false }), 2_000);
  }

  #mount(): void {
    const { root, host } = this.#context;
    if (this.#root.isConnected) return;
    this.#parts.wear();
    root.replaceChildren(this.#root);
    if (!host.isConnected) document.documentElement.append(host);
  }

  #set(change: Partial<UiState>): void {
    this.#state = { ...this.#state, ...change };
    this.#renderSoon();
  }

  /** Draws with the next frame, once for all that changed until then: nothing is laid out twice. */
  #renderSoon(): void {
    if (document.hidden) this.#render();
    else this.#frame ||= requestAnimationFrame(() => this.#render());
  }

  #render(): void {
    this.#frame = 0;
    const { host } = this.#context;
    // A page that writes itself anew throws us out with the rest.
    if (this.#root.parentNode && !host.isConnected) document.documentElement?.append(host);
    if (!this.#root.isConnected) return;
    const { session } = this.#state;
    const screen = screenOf(this.#state);
    if (!this.#screens.complete(isRare(this.#state, screen))) return;
    const focusDue = this.#focusDue;
    this.#focusDue = false;
    const text = this.#text;
    const agent = session && agentOf(session);
    this.#chat.show(agent !== undefined, text);
    this.#edge.hidden = !agent || screen === "askView" || screen === "hidden";
    this.#edge.className = `edge ${screen}`;
    const { inside } = this.#focus;
    const former = this.#slot.firstElementChild;
    const { view, said } = panel(this.#state, text, this.#actions, this.#screens.now);
    if (this.#announce.textContent !== said) this.#announce.textContent = said;
    const question = screen === "idle" ? screen : `${screen} ${session?.control.pending} ${view.textContent}`;
    const asked = question !== this.#question;
    this.#question = question;
    this.#settling.show(question, view);
    // What looks the same stays: it is laid out, may have the focus, and holds what the customer has typed.
    if (former?.outerHTML === view.outerHTML) {
      if (focusDue) this.#focus.open();
      return;
    }
    const had = inside && this.#slot.contains(inside);
    const same = former?.getAttribute("data-screen") === view.getAttribute("data-screen");
    this.#slot.replaceChildren(view);
    if (focusDue) this.#focus.open();
    // Another question is not answered by the key that was meant for the last one.
    else if (had)
      this.#focus.redrawn(same && !(asked && "answer" in inside.dataset) ? inside.dataset.focus : undefined);
  }
}

/** The name of a participant; empty when it is not known here. */
function nameIn(session: SessionView | undefined, wanted: number | undefined): string {
  return session?.participants.find(({ number }) => number === wanted)?.name ?? "";
}
