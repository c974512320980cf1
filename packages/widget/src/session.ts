import { CustomerSession, type Overlay, type ShownProposal } from "@copane/client/customer";
import * as dom from "@copane/mirror/dom";
import { OnRequest } from "@copane/mirror/on-request";
import { agentsOf, type EndReason, isControlled, nameOf, type SessionView } from "@copane/protocol";
import type { SessionWidget, WidgetContext } from "./config.ts";
import type { Messages } from "./locales/messages.ts";
import type { Parts } from "./parts.ts";
import type { Actions } from "./ui/actions.ts";
import { ChatButton } from "./ui/chat-button.ts";
import type { ControlUi } from "./ui/control-ui.ts";
import { Countdown } from "./ui/countdown.ts";
import type { MarksUi } from "./ui/marks-ui.ts";
import { onFirstModal } from "./ui/modals.ts";
import { PANEL_KEY, sessionOf } from "./ui/panel.ts";
import { PanelView } from "./ui/panel-view.ts";
import { isShortcut } from "./ui/shortcut.ts";
import { isErrorRead, offer, type Screen, type Shared, screenOf, type UiState } from "./ui/state.ts";
import { Surface } from "./ui/surface.ts";
import { Words } from "./words.ts";

/** What is over sooner than this is not shown at all: a panel that flickers is laid out for nothing. */
const SOON_MS = 200;

/** Screens that say that nobody sees the page. */
const unseen: ReadonlySet<Screen> = new Set<Screen>(["match", "askView", "hidden", "unshared"]);

/** How long "Copied" stands, in milliseconds. */
const COPIED_MS = 2_000;

/** Makes the widget of a session: the panel, and behind it the customer's part in the session. */
export async function createWidget(context: WidgetContext): Promise<SessionWidget> {
  const widget = new Widget(context);
  await widget.loadWords();
  return widget;
}

class Widget implements SessionWidget {
  readonly #context: WidgetContext;
  readonly #surface: Surface;
  readonly #panel: PanelView;
  readonly #overlay: OnRequest<Overlay>;
  readonly #chat: ChatButton;
  readonly #words: Words;
  readonly #idle = new Countdown((idleSeconds) => this.#share({ idleSeconds }));
  #state: UiState;
  #session: CustomerSession | undefined;
  #controlUi: ControlUi | undefined;
  #marksUi: MarksUi | undefined;
  #frame = 0;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;
  #connectionTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    const { name = "", assets, stopKey = "Shift+F4" } = context.config;
    this.#state = { phase: offer, name, nameGiven: name !== "", consentText: {}, stopKey };
    const surface = new Surface(context);
    this.#surface = surface;
    this.#words = new Words(assets, () => this.#renderSoon());
    this.#panel = new PanelView(
      context.root,
      () => surface.load("screens"),
      () => this.#renderSoon(),
    );
    this.#chat = new ChatButton(
      () => surface.load("chat"),
      (line) => this.#session?.say(line),
    );
    this.#overlay = new OnRequest(async () => new (await surface.load("pointer")).Overlay(surface.pointers));
    surface.dock.append(this.#chat.element, this.#panel.element);
    surface.root.append(this.#panel.announcer);
    onFirstModal(surface.root, async () => {
      const { Lift } = await surface.load("screens");
      new Lift(context.host, surface.root);
    });
    addEventListener("keydown", this.#key, { capture: true });
  }

  /** Fetches the language it will begin in, so that nothing is said in another first. */
  loadWords(): Promise<void> {
    return this.#words.load(this.#locale);
  }

  open(): void {
    // A site may open it by itself, while the customer writes in the page.
    if (!this.#panel.focus.isTyping) this.#panel.focusNext();
    this.#surface.mount();
    this.#set({ error: undefined, ...(this.#state.phase.is === "ended" ? { phase: offer } : {}) });
    // Without an answer the widget's own words stand: they say the same.
    this.#createSession()
      .sitePolicy()
      .then(({ consentText }) => this.#set({ consentText }))
      .catch(() => {});
  }

  async start(name = this.#state.name): Promise<void> {
    const locale = this.#context.config.locale || dom.documentElement(document).lang;
    await this.#begin((session) => session.start({ name, ...(locale ? { locale } : {}) }));
  }

  async join(key: string, name = this.#state.name): Promise<void> {
    await this.#begin((session) => session.join({ name: name || "Customer", passphrase: key }));
  }

  async resume(): Promise<boolean> {
    const session = this.#createSession();
    if (!(await session.comeBack())) return false;
    this.#session = session;
    this.#surface.mount();
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
    const { phase } = this.#state;
    if (this.#session || (phase.is === "offer" && phase.busy)) return;
    const form = phase.is === "offer" ? phase.form : "consent";
    this.#surface.mount();
    this.#state = { ...this.#state, phase: { is: "offer", form, busy: true }, error: undefined };
    const shown = this.#panel.element.firstChild;
    const busyTimer = setTimeout(() => this.#renderSoon(), shown ? 0 : SOON_MS);
    const session = this.#createSession();
    try {
      await join(session);
      this.#session = session;
      if (session.session) this.#share({ session: session.session });
      this.#context.emit("start", { id: session.session?.id ?? "" });
    } catch (error) {
      this.#set({ phase: { is: "offer", form, busy: false }, error: error as Error });
      throw error;
    } finally {
      clearTimeout(busyTimer);
    }
  }

  #createSession(): CustomerSession {
    const { config, host, early } = this.#context;
    const surface = this.#surface;
    const session: CustomerSession = new CustomerSession({
      server: config.server,
      early,
      loadSockJs: () => surface.load("sockjs"),
      ignore: (element) => element === host,
      marks: { layer: surface.marks, load: () => this.#loadMarks(session) },
      loadChat: () => surface.load("chat"),
      loadControl: () => this.#loadControl(),
      loadMatch: () => surface.load("screens"),
      loadPointing: () => surface.load("pointer"),
      loadFeatures: () => surface.load("features"),
      policy: () => config.privacy,
      ...(config.frames
        ? { frames: { origins: config.frames, load: () => surface.load("frame-host") } }
        : {}),
      ...(config.control ? { control: config.control } : {}),
    });
    this.#listen(session);
    return session;
  }

  #listen(session: CustomerSession): void {
    session.on("change", ({ session: view, event, by }) => {
      this.#tell(event, by, view);
      this.#share({ session: view });
      if (isErrorRead(this.#state)) this.#set({ error: undefined });
      this.#warnOfIdleness(view.idleClosesInMs);
    });
    session.on("connection", (connection) => {
      clearTimeout(this.#connectionTimer);
      if (connection !== "connecting") this.#share({ connection });
      else this.#connectionTimer = setTimeout(() => this.#share({ connection }), SOON_MS);
    });
    // What the customer paused or refused shows at once, whether or not the server has confirmed it.
    session.on("sharing", ({ error }) => {
      if (session.session) this.#share({ session: session.session, notShared: error });
    });
    session.on("figures", (figures) => this.#share({ figures }));
    session.on("closed", (reason) => this.#closed(reason));
    session.on("error", (error) => this.#fail(error));
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
      const name = nameOf(sessionOf(this.#state), viewer);
      this.#overlay.use((overlay) => overlay.point(name, at));
    });
  }

  async #loadControl(): Promise<Parts["control"]> {
    const part = await this.#surface.load("control");
    this.#controlUi ??= new part.ControlUi(this.#surface.root);
    return part;
  }

  /** The customer's tools and what is read out come with the engine. */
  async #loadMarks(session: CustomerSession): Promise<Parts["marks"]> {
    const part = await this.#surface.load("marks");
    this.#marksUi ??= part.createMarksUi({ place: this.#surface.root, session, text: this.#text });
    return part;
  }

  #tell(event: string | undefined, by: number | undefined, view: SessionView): void {
    const { emit } = this.#context;
    if (event === "agent.joined" || event === "agent.announced")
      emit("agent", { name: nameOf(view, by), joined: true });
    // Who left is not in the session any more.
    if (event === "agent.left" && by !== undefined)
      emit("agent", { name: nameOf(sessionOf(this.#state), by), joined: false });
    if (event === "control.granted") emit("control", { granted: true });
    if (event === "control.revoked" || event === "control.released" || event === "control.expired")
      emit("control", { granted: false });
  }

  #closed(reason: EndReason): void {
    this.#session = undefined;
    this.#chat.lines = [];
    this.#marksUi?.destroy();
    this.#marksUi = undefined;
    this.#idle.stop();
    clearTimeout(this.#connectionTimer);
    this.#overlay.now?.point("", undefined);
    this.#set({ phase: { is: "ended", reason }, error: undefined });
    this.#context.emit("end", { code: reason.code, text: reason.text });
  }

  #warnOfIdleness(closesInMs: number | undefined): void {
    if (closesInMs === undefined) {
      this.#idle.stop();
      this.#share({ idleSeconds: undefined });
    } else this.#idle.start(closesInMs);
  }

  /** Some keys work wherever the focus is; the page does not get them. */
  readonly #key = (event: KeyboardEvent): void => {
    // What an agent's input makes of keys is never trusted: nobody accepts or stops for the customer.
    const run = event.isTrusted ? this.#actionOf(event) : undefined;
    if (!run) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    run();
  };

  #actionOf(event: KeyboardEvent): (() => void) | undefined {
    if (this.#session && isShortcut(event, this.#state.stopKey)) return () => this.#actions.stop();
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return undefined;
    const session = sessionOf(this.#state);
    const held = session && isControlled(session);
    const proposed = this.#controlUi?.proposal.answerable;
    if (event.key === "Escape" && held) return () => this.#actions.revoke();
    if (event.key === "Escape" && proposed) return () => this.#answer(false);
    if (event.key === "F2" && proposed) return () => this.#answer(true);
    // From the panel on it is the browser's, which goes to its own bars by it.
    if (event.key === PANEL_KEY && this.#session && !this.#panel.focus.inside) return () => this.#enter();
    return undefined;
  }

  #enter(): void {
    this.#panel.focus.enter();
    this.#controlUi?.proposal.focus();
  }

  #proposed(shown: ShownProposal | undefined): void {
    const name = nameOf(sessionOf(this.#state), shown?.by);
    const { focus } = this.#panel;
    if (this.#controlUi?.proposal.element.contains(focus.inside ?? null)) focus.leave();
    const words = this.#controlUi?.propose(name, shown, this.#text, {
      accept: () => this.#answer(true),
      decline: () => this.#answer(false),
    });
    if (shown && words) this.#panel.announce(words);
  }

  #answer(accepted: boolean): void {
    this.#run(accepted ? this.#session?.acceptProposal() : this.#session?.declineProposal());
  }

  get #locale(): string {
    const { locale } = sessionOf(this.#state) ?? {};
    return locale ?? this.#context.config.locale ?? dom.documentElement(document).lang ?? "en";
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
      this.#panel.focusNext();
      this.#set({ phase: { is: "offer", form: on ? "key" : "consent", busy: false }, error: undefined });
    },
    copy: () => void this.#copy(),
    pause: () => this.#run(this.#session?.pause()),
    resume: () => this.#run(this.#session?.resumeView()),
    stop: () => this.#run(this.#session?.leave()),
    grant: () => this.#run(this.#session?.grantControl()),
    deny: () => this.#run(this.#session?.denyControl()),
    confirmMatch: () => this.#run(this.#session?.confirmMatch()),
    refuseMatch: () => this.#run(this.#session?.refuseMatch()),
    give: (what) => this.#run(this.#session?.giveConsent(what)),
    refuse: (what) => this.#run(this.#session?.refuseConsent(what)),
    revoke: () => this.#run(this.#session?.revokeControl()),
    draw: () => {
      this.#session?.marks.startDrawing();
      this.#share({ minimised: true });
    },
    goOn: () => this.#run(this.#session?.continueSession()),
    close: () => {
      this.#state = { ...this.#state, phase: offer, error: undefined };
      this.#panel.clear();
      this.#surface.unmount();
    },
    minimise: (on) => {
      this.#panel.focusNext();
      this.#share({ minimised: on });
    },
  };

  #run(done: Promise<void> | undefined): void {
    done?.catch((error: Error) => this.#fail(error));
  }

  #fail(error: Error): void {
    this.#set({ error, errorAt: Date.now() });
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(sessionOf(this.#state)?.passphrase ?? "");
    } catch {
      // Not allowed here: the key can still be selected and read out.
      return;
    }
    this.#share({ copied: true });
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = setTimeout(() => this.#share({ copied: false }), COPIED_MS);
  }

  /** Something of the session changed. It begins with the first view of it, and nothing is left of the one before. */
  #share(change: Partial<Shared>): void {
    const { phase } = this.#state;
    if (phase.is === "shared") this.#set({ phase: { ...phase, ...change } });
    else if (change.session && change.session.state !== "closed") {
      const { session } = change;
      const connection = "connected";
      this.#set({ phase: { is: "shared", session, connection, minimised: false, copied: false } });
    }
  }

  #set(change: Partial<UiState>): void {
    this.#state = { ...this.#state, ...change };
    this.#renderSoon();
  }

  /** Draws with the next frame, once for all that changed until then: nothing is laid out twice. */
  #renderSoon(): void {
    if (dom.documentHidden(document)) this.#render();
    else this.#frame ||= requestAnimationFrame(() => this.#render());
  }

  #render(): void {
    this.#frame = 0;
    if (!this.#surface.reattach()) return;
    const text = this.#text;
    if (!this.#panel.draw(this.#state, text, this.#actions)) return;
    const session = sessionOf(this.#state);
    const screen = screenOf(this.#state);
    const watched = session !== undefined && agentsOf(session).length > 0;
    this.#chat.show(watched, text);
    const { edge } = this.#surface;
    edge.hidden = !watched || unseen.has(screen);
    edge.className = `edge ${screen}`;
  }
}
