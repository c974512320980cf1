import { type CustomerSession, hasSeat, type SessionEvents } from "@copane/client/customer";
import {
  CataloguedError,
  type EndCode,
  type EndReason,
  parsePassphrase,
  participantOf,
  type Role,
  type SessionEvent,
  type SessionView,
} from "@copane/protocol";
import type { AnnotationShapeInfo } from "./annotations.ts";
import { styleOf } from "./annotations.ts";
import { CoBrowseError, CobrowsePromise } from "./base.ts";
import { Callbacks } from "./callbacks.ts";
import { type Configuration, isTrue, serverOf } from "./config.ts";
import type { CobrowseEvents } from "./events.ts";
import { CobrowseSessionInfo } from "./info.ts";
import { KeyStore } from "./keys.ts";
import { report } from "./logger.ts";

/** What both sides' sessions are to this. */
type Session = Pick<
  CustomerSession,
  "session" | "you" | "token" | "connection" | "marks" | "resume" | "leave" | "continueSession"
> & {
  on<K extends keyof SessionEvents>(type: K, listener: (event: SessionEvents[K]) => void): () => void;
};

/** A server that is not reached when a page wants to go on with its session is asked again after this time. */
const REVISIT_MS = 3_000;

/** What Avaya's SDK waits between two looks at mouse and scrolling. Ours does not poll: only slower wishes count. */
const MOTION_MS = 1_000;

/**
 * What the SDK's customer and agent have in common: one session at a time, its data, its callbacks, marks and
 * idleness. Names and rules are the SDK's; the work is done by a session of `@copane/client`.
 */
export abstract class Cobrowse<S extends Session> {
  protected readonly callbacks = new Callbacks<CobrowseEvents>();
  protected readonly server: string;
  protected readonly data = new CobrowseSessionInfo();
  readonly enabled: boolean;
  /** How far apart mouse and scrolling are sent, where the page wants them slower; 0 as they happen. */
  protected motionIntervalMs = 0;
  readonly #role: Role;
  readonly #keys: KeyStore;
  /** What the page has set: it holds for every session from here on. */
  readonly #settings = new Map<string, (session: S) => void>();
  #session: S | undefined;
  #view: SessionView | undefined;
  /** Joins wait for what was begun before: for `start()` in the same tick, and for each other. */
  #entering: Promise<unknown> = Promise.resolve();
  #started = false;
  #again = false;
  #connected = false;
  #leaving = false;
  #warned = false;

  protected constructor(role: Role, config: Configuration) {
    this.#role = role;
    this.enabled = isTrue(config.enabled);
    this.server = serverOf(config);
    this.#keys = new KeyStore(role);
  }

  /**
   * Goes on with the session of an earlier page of this tab, if there is one. Callbacks come later, never
   * from here.
   */
  start(): void {
    if (!this.enabled || this.#started) return;
    this.#started = true;
    void this.#enter(() => this.#takeUp()).catch((error) => this.#failed(error));
  }

  /** Ends the session for both sides. Works from `beforeunload`. */
  logoutSession(reason?: string): CobrowsePromise<void> {
    const leave = async () => {
      const session = this.session;
      if (!session) return this.withoutSession(reason);
      this.#leaving = true;
      await session.leave(reason);
    };
    // A page that is being left has no time to wait for.
    return this.#promise(() => (this.session ? leave() : this.#entering.then(leave, leave)));
  }

  /** The person is still there: the session goes on. */
  updateIdleTime(_seconds?: number | string): void {
    this.act((session) => session.continueSession());
  }

  /** Slower than the SDK's own 1000 ms: mouse and scroll are sent at most so often. Before the session begins. */
  setMouseScrollSyncInterval(ms: number | string): void {
    this.motionIntervalMs = Number(ms) > MOTION_MS ? Number(ms) : 0;
  }

  enableHighlight(): void {
    this.set("text", ({ marks }) => marks.setTextHighlight(true));
  }

  disableHighlight(): void {
    this.set("text", ({ marks }) => marks.setTextHighlight(false));
  }

  enableElementHighlight(): void {
    this.set("element", ({ marks }) => marks.setElementHighlight(true));
  }

  disableElementHighlight(): void {
    this.set("element", ({ marks }) => marks.setElementHighlight(false));
  }

  setHighlightColor(color: string): void {
    this.set("color", ({ marks }) => marks.setHighlightColor(color));
  }

  enableMarker(): void {
    this.set("marker", ({ marks }) => marks.enableMarker());
  }

  disableMarker(): void {
    this.set("marker", ({ marks }) => marks.disableMarker());
  }

  setMarkerColor(color: string): void {
    this.set("markerColor", ({ marks }) => marks.setMarkerColor(color));
  }

  hideAllAgentMarkers(): void {
    this.#hide("agent", "markers", true);
  }

  unHideAllAgentMarkers(): void {
    this.#hide("agent", "markers", false);
  }

  hideAllCustomerMarkers(): void {
    this.#hide("customer", "markers", true);
  }

  unHideAllCustomerMarkers(): void {
    this.#hide("customer", "markers", false);
  }

  /** Draws from now on; while it draws, this side operates no element. */
  startAnnotation(): CobrowsePromise<void> {
    return this.act(({ marks }) => marks.startDrawing());
  }

  stopAnnotation(): CobrowsePromise<void> {
    return this.act(({ marks }) => marks.stopDrawing());
  }

  setAnnotation(info: AnnotationShapeInfo): CobrowsePromise<void> {
    return this.#promise(async () => this.set("annotation", ({ marks }) => marks.setStyle(styleOf(info))));
  }

  hideAllAgentAnnotations(): CobrowsePromise<void> {
    return this.#promise(async () => this.#hide("agent", "annotations", true));
  }

  unHideAllAgentAnnotations(): CobrowsePromise<void> {
    return this.#promise(async () => this.#hide("agent", "annotations", false));
  }

  hideAllCustomerAnnotations(): CobrowsePromise<void> {
    return this.#promise(async () => this.#hide("customer", "annotations", true));
  }

  unHideAllCustomerAnnotations(): CobrowsePromise<void> {
    return this.#promise(async () => this.#hide("customer", "annotations", false));
  }

  addOnConnectionCallback(callback: (event: CobrowseEvents["connection"]) => void): void {
    this.callbacks.add("connection", callback);
  }

  addOnConnectionFailureCallback(callback: (event: CobrowseEvents["failure"]) => void): void {
    this.callbacks.add("failure", callback);
  }

  addOnSessionCloseCallback(callback: (event: CobrowseEvents["close"]) => void): void {
    this.callbacks.add("close", callback);
  }

  /** Makes a session of the engine, with nothing in it yet. */
  protected abstract create(): Promise<S>;

  /** Something happened in the session; `before` is how it stood. */
  protected abstract happened(
    event: SessionEvent,
    by: number | undefined,
    before: SessionView | undefined,
  ): void;

  /** This side has just sat down in a session, and its connection stands. */
  protected async seated(_session: S): Promise<void> {}

  /** This page goes on with a session that an earlier one began. */
  protected resumed(_session: SessionView): void {}

  /** A logout without a session: there may be a key to give up. */
  protected async withoutSession(_reason: string | undefined): Promise<void> {}

  /** The session is over: what was shown for it goes. */
  protected ended(): void {}

  /** The session, once this side sits in it. */
  protected get session(): S | undefined {
    return this.#session?.session && this.#session;
  }

  protected get view(): SessionView | undefined {
    return this.#view;
  }

  /** Joins or begins a session. `key` is what the person typed, where there is one. */
  protected join(take: (session: S) => Promise<void>, key?: string): CobrowsePromise<CobrowseSessionInfo> {
    return this.#promise(async () => {
      this.start();
      await this.#enter(async () => {
        if (this.#session) {
          // Pages of the field join on every page; the tab's own session is what they mean.
          if (key && parsePassphrase(key) === parsePassphrase(this.data.getPassPhrase())) return;
          throw new CataloguedError("ALREADY_JOINED");
        }
        await this.#begin(take, key);
      });
      return this.data;
    });
  }

  /** What comes before a session: `work` has one of the engine, in which nobody sits yet. */
  protected prepare(work: (session: S) => Promise<void>): CobrowsePromise<CobrowseSessionInfo> {
    return this.#promise(async () => {
      this.start();
      await this.#enter(async () => {
        if (this.#session) throw new CataloguedError("ALREADY_JOINED");
        await work(await this.create());
        this.ended();
      });
      return this.data;
    });
  }

  /** Does something in the session, or fails because there is none. At once, if a session is there. */
  protected act(run: (session: S) => unknown): CobrowsePromise<void> {
    const perform = async () => {
      const { session } = this;
      if (!session) throw new CataloguedError("NOT_JOINED");
      await run(session);
    };
    return this.#promise(() => (this.session ? perform() : this.#entering.then(perform, perform)));
  }

  /** Sets something for this session and those to come. */
  protected set(name: string, apply: (session: S) => void): void {
    if (!this.enabled) return;
    // What is set last is applied last.
    this.#settings.delete(name);
    this.#settings.set(name, apply);
    if (this.#session) apply(this.#session);
  }

  /** Name of an agent, for callbacks. */
  protected agentName(number?: number): string {
    const known = this.#view && participantOf(this.#view, number);
    return known?.role === "agent" ? known.name : this.data.getAgentName();
  }

  #hide(side: Role, group: "markers" | "annotations", hidden: boolean): void {
    this.set(`hide ${side} ${group}`, ({ marks }) => marks.setHidden(side, hidden, group));
  }

  #promise<T>(work: () => Promise<T>): CobrowsePromise<T> {
    const done = async () => {
      if (!this.enabled) throw new CoBrowseError("Co-browsing is disabled in the configuration.");
      try {
        return await work();
      } catch (error) {
        report("warn", `co-browsing: ${(error as Error).message}`);
        throw CoBrowseError.from(error);
      }
    };
    return new CobrowsePromise(done());
  }

  #enter<T>(work: () => Promise<T>): Promise<T> {
    const entered = this.#entering.then(work, work);
    this.#entering = entered.catch(() => {});
    return entered;
  }

  async #takeUp(): Promise<void> {
    if (!hasSeat(this.#role)) return;
    const session = await this.#prepare();
    this.#again = true;
    if (!(await session.resume())) {
      this.#drop();
      // The server denied it, or it is another server's; else it could not be reached.
      if (!hasSeat(this.#role)) return;
      this.callbacks.fire("failure", { msg: "The co-browsing server cannot be reached." });
      setTimeout(
        () => void this.#enter(() => this.#takeUp()).catch((error) => this.#failed(error)),
        REVISIT_MS,
      );
      return;
    }
    this.#begun(session, this.#keys.load(session.session?.id));
  }

  async #begin(take: (session: S) => Promise<void>, key: string | undefined): Promise<void> {
    const session = await this.#prepare();
    this.#again = false;
    try {
      await take(session);
    } catch (error) {
      this.#drop();
      throw error;
    }
    const known = key ?? session.session?.passphrase;
    if (known && session.session) this.#keys.save(session.session.id, known);
    this.#begun(session, known);
    await connected(session);
    await this.seated(session);
  }

  /** A session that is listened to, and set as the page wishes. */
  async #prepare(): Promise<S> {
    const session = await this.create();
    this.#view = undefined;
    this.#connected = false;
    this.#leaving = false;
    this.#warned = false;
    session.on("change", ({ session: view, event, by }) => this.#changed(view, event, by));
    session.on("connection", (state) => {
      // The line stands; Avaya's pages know no more than that.
      if (state === "silent") return;
      this.#connected = state === "connected";
      if (state === "reconnecting") {
        this.#again = true;
        this.callbacks.fire("failure", { msg: "The connection was lost. Trying to connect again." });
      }
    });
    session.on("closed", (reason) => this.#closed(reason));
    session.on("error", (error) => report("error", `co-browsing: ${error.message}`));
    for (const apply of this.#settings.values()) apply(session);
    this.#session = session;
    return session;
  }

  #begun(session: S, passphrase: string | undefined): void {
    const own = this.#role === "customer" ? "customerToken" : "agentToken";
    this.data.begin({
      ...(passphrase ? { passphrase } : {}),
      ...(session.token ? { [own]: session.token } : {}),
    });
    if (session.session) this.data.follow(session.session);
  }

  #drop(): void {
    this.#session = undefined;
    this.#view = undefined;
    this.ended();
  }

  #changed(view: SessionView, event: SessionEvent | undefined, by: number | undefined): void {
    const before = this.#view;
    this.#view = view;
    // Before the first word from the server the page knows no more than the ticket said.
    if (before !== undefined || this.#connected) this.data.follow(view);
    if (this.#connected && event === undefined) this.#arrived(view);
    if (event === undefined) return;
    if (event === "session.idle") this.#idle(view);
    if (event === "session.active") this.#awake();
    this.happened(event, by, before);
  }

  /** The socket stands: for the first time, on the next page, or again. */
  #arrived(view: SessionView): void {
    const again = this.#again;
    this.#again = false;
    if (again) this.callbacks.fire("reset", { resume: true });
    this.callbacks.fire("connection", {
      agent: this.data.getAgentName(),
      customer: this.data.getCustomerName(),
    });
    if (!again) return;
    this.resumed(view);
    if (view.idleClosesInMs !== undefined) this.#idle(view);
  }

  /** Only the owner's idleness counts, so only the owner is asked. */
  #idle({ initiator, idleClosesInMs = 0 }: SessionView): void {
    if (initiator !== this.#role || this.#warned) return;
    this.#warned = true;
    const seconds = Math.round(idleClosesInMs / 1_000);
    this.callbacks.fire("idle", `The session ends in ${seconds} seconds because nothing happens.`);
  }

  #awake(): void {
    if (!this.#warned) return;
    this.#warned = false;
    this.callbacks.fire("awake", "The session goes on.");
  }

  #closed({ code, text }: EndReason): void {
    const own = this.#leaving;
    this.data.end(text);
    this.#keys.clear();
    this.#drop();
    // Who left knows it, and is not to be told that the other side did.
    if (!own) this.callbacks.fire("close", { msg: `${codes[this.#role][code] ?? code}:${text}` });
  }

  #failed(error: unknown): void {
    this.callbacks.fire("failure", { msg: CoBrowseError.from(error).getMessage() });
  }
}

/** Codes that Avaya's pages do not know, as those that they had for the same, on each side. */
const codes: Record<Role, { [code in EndCode]?: string }> = {
  customer: { not_joined: "inactive_timeout", continued_elsewhere: "connection_lost" },
  agent: { continued_elsewhere: "connection_lost", left: "agent_left" },
};

/** Resolves when the session's connection stands, so that whatever the page calls next passes. */
function connected(session: Session): Promise<void> {
  if (session.connection === "connected") return Promise.resolve();
  return new Promise((resolve, reject) => {
    const offs = [
      session.on("connection", (state) => {
        if (state === "connected") settle(resolve);
      }),
      session.on("closed", ({ text }) => settle(() => reject(new CoBrowseError(text)))),
    ];
    const settle = (done: () => void) => {
      for (const off of offs) off();
      done();
    };
  });
}
