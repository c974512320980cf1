import { CustomerSession, type Overlay, type ShownProposal } from "@copane/client/customer";
import { OnRequest } from "@copane/mirror/on-request";
import {
  type CopaneError,
  CUSTOMER_NUMBER,
  type EndReason,
  endNumbers,
  nameOf,
  type SessionView,
} from "@copane/protocol";
import type { WidgetContext } from "./config.ts";
import type { SiteQuestions } from "./confirm.ts";
import type { Display } from "./display.ts";
import type { Parts } from "./parts.ts";
import type { Status } from "./status.ts";
import type { ControlUi } from "./ui/control-ui.ts";
import { Countdown } from "./ui/countdown.ts";
import type { MarksUi } from "./ui/marks-ui.ts";
import { sessionOf } from "./ui/panel.ts";
import { isErrorRead, type Shared } from "./ui/state.ts";

/** What is over sooner than this is not shown at all: a panel that flickers is laid out for nothing. */
export const SOON_MS = 200;

/** Who pressed stop is told so at once: nothing leaves from then on, whatever the server does. */
const stopped: EndReason = {
  code: "customer_left",
  text: "You ended the session.",
  by: "customer",
  number: CUSTOMER_NUMBER,
};

export interface LiveSessionOptions {
  context: WidgetContext;
  display: Display;
  status: Status;
  /** Asks by the site's functions; undefined where it has none. */
  confirm: Parts["confirm"] | undefined;
  /** Follows the widget's keys in a window of the page; in an iframe they are not heard outside. */
  followKeys(view: Window, signal: AbortSignal): void;
  onEnd(): void;
}

/** One session, as the widget shows it: what the customer's part in it tells goes on the screen. */
export class LiveSession {
  readonly session: CustomerSession;
  readonly #options: LiveSessionOptions;
  readonly #off: (() => void)[];
  readonly #overlay: OnRequest<Overlay>;
  readonly #idle: Countdown;
  readonly #questions: SiteQuestions | undefined;
  #controlUi: ControlUi | undefined;
  #marksUi: MarksUi | undefined;
  #connectionTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveSessionOptions) {
    const { display } = options;
    const { surface } = display;
    this.#options = options;
    this.#idle = new Countdown((idleSeconds) => display.share({ idleSeconds }));
    this.#overlay = new OnRequest(async () => new (await surface.load("pointer")).Overlay(surface.pointers));
    this.session = this.#make();
    this.#questions =
      options.confirm &&
      new options.confirm.SiteQuestions({
        settings: () => options.context.config,
        session: this.session,
        onError: (error) => this.#fail(error),
        onFailed: () => this.show(),
      });
    this.#off = this.#listen();
    if (display.own) this.#off.push(display.own.giveControls(options.context, this.session));
  }

  /** Whether an agent's suggestion waits and takes an answer. */
  get isAnswerable(): boolean {
    return this.#controlUi?.proposal.answerable ?? false;
  }

  /** Moves the focus to a suggestion that waits. */
  focusProposal(): void {
    this.#controlUi?.proposal.focus();
  }

  /** Answers a suggestion. */
  answer(accepted: boolean): void {
    this.run(accepted ? this.session.acceptProposal() : this.session.declineProposal());
  }

  /** Shows why something could not be done. */
  run(done: Promise<void>): void {
    done.catch((error: Error) => this.#fail(error));
  }

  /** Shows the session as it is, but for what the site asks itself. */
  show(view = this.session.session, more: Partial<Shared> = {}): void {
    if (!view) return;
    const { display, status } = this.#options;
    display.share({ session: this.#questions?.follow(view) ?? view, ...more });
    status.follow(view);
  }

  #fail(error: Error): void {
    this.#options.display.fail(error);
    this.#options.context.emit("error", error as CopaneError);
  }

  #make(): CustomerSession {
    const { config, host, early } = this.#options.context;
    const { surface } = this.#options.display;
    return new CustomerSession({
      server: config.server,
      early,
      loadSockJs: () => surface.load("sockjs"),
      ignore: (element) => element === host,
      marks: { layer: surface.marks, load: () => this.#loadMarks() },
      loadChat: () => surface.load("chat"),
      loadControl: () => this.#loadControl(),
      loadMatch: () => surface.load("screens"),
      loadPointing: () => surface.load("pointer"),
      loadCapture: () => surface.mirror(),
      loadFeatures: () => surface.load("features"),
      policy: () => config.privacy,
      ...(config.frames
        ? { frames: { origins: config.frames, load: () => surface.load("frame-host") } }
        : {}),
      ...(config.control ? { control: config.control } : {}),
    });
  }

  #listen(): (() => void)[] {
    const { session } = this;
    const { display, status, followKeys } = this.#options;
    return [
      session.on("change", ({ session: view, event, by }) => {
        this.#tell(event, by, view);
        this.show(view);
        if (isErrorRead(display.state)) display.set({ error: undefined });
        this.#warnOfIdleness(view.idleClosesInMs);
      }),
      session.on("connection", (connection) => {
        clearTimeout(this.#connectionTimer);
        status.set({ connection });
        if (connection !== "connecting") display.share({ connection });
        else this.#connectionTimer = setTimeout(() => display.share({ connection }), SOON_MS);
      }),
      // What the customer paused, refused or stopped shows at once, whether or not the server has confirmed it.
      session.on("sharing", ({ error }) => {
        if (session.left) this.#ended(stopped);
        else this.show(session.session, { notShared: error });
      }),
      session.on("figures", (figures) => display.share({ figures })),
      session.on("closed", (reason) => this.#ended(reason)),
      session.on("error", (error) => this.#fail(error)),
      session.on("chat", (lines) => {
        display.chat.lines = lines;
      }),
      session.on("window", ({ view, signal }) => followKeys(view, signal)),
      session.on("proposal", (shown) => this.#proposed(shown)),
      session.on("scope", (scope) => this.#controlUi?.limit(scope)),
      session.on("touch", ({ element }) => this.#overlay.use((overlay) => overlay.touch(element))),
      session.on("pointer", ({ viewer, at }) => {
        const name = nameOf(sessionOf(display.state), viewer);
        this.#overlay.use((overlay) => overlay.point(name, at));
      }),
    ];
  }

  async #loadControl(): Promise<Parts["control"]> {
    const { surface } = this.#options.display;
    const part = await surface.load("control");
    this.#controlUi ??= new part.ControlUi(surface.root);
    return part;
  }

  /** The customer's tools and what is read out come with the engine. */
  async #loadMarks(): Promise<Parts["marks"]> {
    const { surface, text } = this.#options.display;
    const part = await surface.load("marks");
    this.#marksUi ??= part.createMarksUi({ place: surface.root, session: this.session, text });
    return part;
  }

  #proposed(shown: ShownProposal | undefined): void {
    const { panel, state, text } = this.#options.display;
    if (this.#controlUi?.proposal.element.contains(panel.focus.inside ?? null)) panel.focus.leave();
    const words = this.#controlUi?.propose(nameOf(sessionOf(state), shown?.by), shown, text, {
      accept: () => this.answer(true),
      decline: () => this.answer(false),
    });
    if (shown && words) panel.announce(words);
  }

  /** Tells the site. */
  #tell(event: string | undefined, by: number | undefined, view: SessionView): void {
    const { context, display } = this.#options;
    const { emit } = context;
    if (event === "agent.joined" || event === "agent.announced")
      emit("agent", { name: nameOf(view, by), joined: true });
    // Who left is not in the session any more.
    if (event === "agent.left" && by !== undefined)
      emit("agent", { name: nameOf(sessionOf(display.state), by), joined: false });
    if (event === "control.granted") emit("control", { granted: true });
    if (event === "control.revoked" || event === "control.released" || event === "control.expired")
      emit("control", { granted: false });
  }

  #warnOfIdleness(closesInMs: number | undefined): void {
    if (closesInMs === undefined) {
      this.#idle.stop();
      this.#options.display.share({ idleSeconds: undefined });
    } else this.#idle.start(closesInMs);
  }

  /** It is over for the customer. What the server says of it later is not listened to. */
  #ended(reason: EndReason): void {
    const { context, display, status, onEnd } = this.#options;
    for (const off of this.#off) off();
    this.#questions?.destroy();
    this.#idle.stop();
    clearTimeout(this.#connectionTimer);
    display.chat.lines = [];
    this.#marksUi?.destroy();
    this.#controlUi?.destroy();
    display.surface.pointers.replaceChildren();
    display.set({ phase: { is: "ended", reason }, error: undefined });
    onEnd();
    const { code, text, by } = reason;
    status.over("ended");
    context.emit("end", { code, number: endNumbers[code], text, ...(by && { by }) });
  }
}
