import type { Capture } from "@copane/mirror/capture";
import { type Actor, type ActorOptions, createActor, isScrollInput } from "@copane/mirror/control";
import { FrameType, type SessionEvent, type SessionView } from "@copane/protocol";
import { ScopedReach } from "./scope.ts";

export interface AgentInputOptions extends Omit<ActorOptions, "capture"> {
  session(): SessionView | undefined;
  /** What the page itself answers to a request or a grant. */
  answer(command: "control.revoke" | "control.deny"): void;
  /** The form or field that control is granted or asked for; undefined when it is the whole page. */
  onScope(scope: Element | undefined): void;
}

/** What agents do in this page: within their grant, or because the customer accepted it. */
export class AgentInput {
  readonly #options: AgentInputOptions;
  #capture: Pick<Capture, "subframes"> | undefined;
  #reach: ScopedReach | undefined;
  #actor: Actor | undefined;
  #scope: Element | undefined;

  constructor(options: AgentInputOptions) {
    this.#options = options;
  }

  /** The page is captured from now on, and can be operated. */
  begin(capture: Pick<Capture, "operableNode" | "operable" | "subframes">): void {
    const { session: _, answer: __, onScope: ___, ...rest } = this.#options;
    const reach = new ScopedReach(capture);
    this.#capture = capture;
    this.#reach = reach;
    this.#actor = createActor({ ...rest, capture: reach });
  }

  end(): void {
    this.#actor?.stop();
    this.#actor = undefined;
    this.#capture = undefined;
    this.#reach = undefined;
    this.#tellScope();
  }

  /** The session changed: who is in control, and over what. */
  follow(session: SessionView, event: SessionEvent | undefined): void {
    this.#limit(session, event);
    this.#tellScope();
    if (session.control.holder === undefined) this.release();
  }

  /** Releases the keys and buttons that are held down. */
  release(): void {
    this.#actor?.release();
    this.#capture?.subframes?.release();
  }

  /**
   * An agent's input. The server has checked the grant. The page checks it again: the grant may have ended while the
   * input was under way, and only the page sees what the input does.
   */
  receive(type: number, peer: number, payload: Uint8Array): void {
    const { holder, level } = this.#options.session()?.control ?? {};
    if (holder !== peer) return;
    const scrolls = isScrollInput(payload);
    // A frame of type `scroll` passes with less of a grant, so it must hold nothing but scrolling.
    if (scrolls !== (type === FrameType.scroll) || (!scrolls && level !== "full")) return;
    if (this.#reach?.exceeds(payload)) return;
    // No scope reaches into a subframe of another origin: there the input meets no element.
    if (!this.#reach?.limited && this.#capture?.subframes?.input(peer, payload)) return;
    if (scrolls) this.#actor?.input(peer, payload, (work) => this.#reach?.scrolling(work));
    else this.#actor?.input(peer, payload);
  }

  /** Does what the customer accepted: that needs no grant. */
  accepted(work: Parameters<Actor["accepted"]>[0]): void {
    this.#actor?.accepted((input) => this.#reach?.unbound(() => work(input)));
  }

  #tellScope(): void {
    const scope = this.#reach?.scope;
    if (scope === this.#scope) return;
    this.#scope = scope;
    this.#options.onScope(scope);
  }

  /** Keeps the element that a request is about until the request is over: its id may change meanwhile. */
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
