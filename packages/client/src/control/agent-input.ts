import type { Capture } from "@copane/mirror/capture";
import { type Actor, type ActorOptions, createActor, isScrollInput } from "@copane/mirror/control";
import type { FrameHost } from "@copane/mirror/subframes";
import { FrameType, type SessionEvent, type SessionView } from "@copane/protocol";
import { ScopedReach } from "./scope.ts";

export interface AgentInputOptions extends Omit<ActorOptions, "capture"> {
  session(): SessionView | undefined;
  /** What the page itself answers to a request or a grant. */
  answer(command: "control.revoke" | "control.deny"): void;
  /** Pages of other origins in frames of this one, where there may be some. */
  frames(): FrameHost | undefined;
  /** The one form or field that a granted or requested control covers, if it covers but one. */
  onScope(scope: Element | undefined): void;
}

/** What agents do in this page: within their grant, or because the customer accepted it. */
export class AgentInput {
  readonly #options: AgentInputOptions;
  #reach: ScopedReach | undefined;
  #actor: Actor | undefined;
  #scope: Element | undefined;

  constructor(options: AgentInputOptions) {
    this.#options = options;
  }

  /** The page is captured from now on, and can be operated. */
  begin(capture: Pick<Capture, "operableNode" | "operable">): void {
    const { session: _, answer: __, onScope: ___, frames: ____, ...rest } = this.#options;
    const reach = new ScopedReach(capture);
    this.#reach = reach;
    this.#actor = createActor({ ...rest, capture: reach });
  }

  end(): void {
    this.#actor?.stop();
    this.#actor = undefined;
    this.#reach = undefined;
    this.#tellScope();
  }

  /** The session changed: who is in control, and over what. */
  follow(session: SessionView, event: SessionEvent | undefined): void {
    this.#limit(session, event);
    this.#tellScope();
    if (session.control.holder === undefined) this.release();
  }

  /** Lets go of what is held down. */
  release(): void {
    this.#actor?.release();
    this.#options.frames()?.release();
  }

  /**
   * An agent's input. The server checks the grant; so does the page, for what was under way when it ended, and for
   * what is inside.
   */
  receive(type: number, peer: number, payload: Uint8Array): void {
    const { holder, level } = this.#options.session()?.control ?? {};
    if (holder !== peer) return;
    const scrolls = isScrollInput(payload);
    // A frame that says it scrolls was let through for that, and does nothing else.
    if (scrolls !== (type === FrameType.scroll) || (!scrolls && level !== "full")) return;
    if (this.#reach?.exceeds(payload)) return;
    // No scope reaches into a frame of another origin: there the input meets no element.
    if (!this.#reach?.limited && this.#options.frames()?.input(peer, payload)) return;
    if (scrolls) this.#actor?.input(peer, payload, (work) => this.#reach?.scrolling(work));
    else this.#actor?.input(peer, payload);
  }

  /** Does what the customer accepted, which no grant binds. */
  accepted(work: Parameters<Actor["accepted"]>[0]): void {
    this.#actor?.accepted((input) => this.#reach?.unbound(() => work(input)));
  }

  #tellScope(): void {
    const scope = this.#reach?.scope;
    if (scope === this.#scope) return;
    this.#scope = scope;
    this.#options.onScope(scope);
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
