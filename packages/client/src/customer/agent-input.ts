import type { Capture } from "@copane/mirror/capture";
import type { Actor, ActorOptions, createActor } from "@copane/mirror/control";
import type { FrameHost } from "@copane/mirror/frames";
import { FrameType, isScrollInput, type SessionEvent, type SessionView } from "@copane/protocol";
import { ScopedReach } from "./scope.ts";

/** Input that waits for its script; more than that a person does not do meanwhile. */
const MOST_WAITING = 200;

export interface AgentInputOptions extends Omit<ActorOptions, "capture"> {
  /** Loads what performs input. */
  load(): Promise<{ createActor: typeof createActor }>;
  session(): SessionView | undefined;
  /** What the page itself answers to a request or a grant. */
  answer(command: "control.revoke" | "control.deny"): void;
}

/**
 * What agents do in this page: within their grant, or because the customer accepted it. The script that performs
 * it is loaded when control is first asked for; what comes meanwhile waits.
 */
export class AgentInput {
  readonly #options: AgentInputOptions;
  /** Pages of other origins in frames of this one, once there may be some. */
  frames: FrameHost | undefined;
  #reach: ScopedReach | undefined;
  #actor: Actor | undefined;
  #waiting: (() => void)[] | undefined;
  /** The customer took control back; the server has yet to say so. */
  #revoked = false;

  constructor(options: AgentInputOptions) {
    this.#options = options;
  }

  /** The page is captured from now on, and can be operated. */
  begin(capture: Pick<Capture, "operableNode" | "operable">): void {
    this.#reach = new ScopedReach(capture);
    if (this.#options.session()?.control.holder !== undefined) this.prepare();
  }

  end(): void {
    this.#actor?.stop();
    this.#actor = undefined;
    this.#reach = undefined;
    this.#waiting = undefined;
    this.frames = undefined;
  }

  /** The one form or field that a granted or requested control covers, if it covers but one. */
  get scope(): Element | undefined {
    return this.#reach?.scope;
  }

  /** The session changed: who is in control, and over what. */
  follow(session: SessionView, event: SessionEvent | undefined): void {
    this.#limit(session, event);
    const { holder, pending } = session.control;
    if (holder === undefined) {
      this.#revoked = false;
      this.#release();
    }
    if (holder ?? pending) this.prepare();
  }

  /** Control ends here and now: what is still under way does nothing. */
  revoke(): void {
    this.#revoked = true;
    this.#release();
  }

  /**
   * An agent's input. The server checks the grant; so does the page, for what was under way when it ended, and for
   * what is inside.
   */
  receive(type: FrameType, peer: number, payload: Uint8Array): void {
    const { holder, level } = this.#options.session()?.control ?? {};
    if (holder !== peer || this.#revoked) return;
    const scrolls = isScrollInput(payload);
    // A frame that says it scrolls was let through for that, and does nothing else.
    if (scrolls !== (type === FrameType.scroll) || (!scrolls && level !== "full")) return;
    if (this.#reach?.exceeds(payload)) return;
    // No scope reaches into a frame of another origin: there the input meets no element.
    if (!this.#reach?.limited && this.frames?.input(peer, payload)) return;
    const actor = this.#actor;
    if (!actor) this.#later(() => this.receive(type, peer, payload));
    else if (scrolls) this.#reach?.scrolling(() => actor.input(peer, payload));
    else actor.input(peer, payload);
  }

  /** Does what the customer accepted, which no grant binds. */
  unbound(work: (actor: Actor) => void): void {
    const actor = this.#actor;
    if (actor) this.#reach?.unbound(() => work(actor));
    else this.#later(() => this.unbound(work));
  }

  /** Loads the script that performs input. */
  prepare(): void {
    const reach = this.#reach;
    if (!reach || this.#actor || this.#waiting) return;
    const { load, session: _, answer: __, ...rest } = this.#options;
    const waiting: (() => void)[] = [];
    this.#waiting = waiting;
    load()
      .then(({ createActor: create }) => {
        if (this.#waiting !== waiting) return;
        this.#waiting = undefined;
        this.#actor = create({ ...rest, capture: reach });
        for (const work of waiting) work();
      })
      .catch((error) => {
        this.#waiting = undefined;
        console.warn("copane: control could not be loaded", error);
      });
  }

  #release(): void {
    this.#actor?.release();
    this.frames?.release();
  }

  #later(work: () => void): void {
    this.prepare();
    if (this.#waiting && this.#waiting.length < MOST_WAITING) this.#waiting.push(work);
  }

  /** Holds on to the element that a request is about, from when it is asked until it is over. */
  #limit({ control }: SessionView, event: SessionEvent | undefined): void {
    if (control.scope === undefined) this.#reach?.open();
    else if (event === "control.requested") {
      if (this.#reach?.limit(control.scope)) return;
      this.#reach?.close();
      this.#options.answer("control.deny");
    } else if (!this.#reach?.scope) {
      // Agreed on an earlier page: the number means nothing here.
      this.#reach?.close();
      this.#options.answer(control.holder === undefined ? "control.deny" : "control.revoke");
    }
  }
}
