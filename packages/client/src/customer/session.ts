import { type Capture, createCapture, type EarlyFinds, type PrivacyPolicy } from "@copane/mirror/capture";
import { type Actor, createActor } from "@copane/mirror/control";
import {
  type ChatLine,
  type Consent,
  type Frame,
  FrameType,
  isScrollInput,
  type ServerMessage,
  type SessionEvent,
  type SessionView,
} from "@copane/protocol";
import { ParticipantSession, type SessionOptions } from "../session.ts";
import { CustomerChat } from "./chat.ts";
import { Proposals, type ShownProposal } from "./proposals.ts";
import { ScopedReach } from "./scope.ts";

/** Real input of the customer is told at most this often. */
const ACTIVITY_MS = 10_000;

export interface CustomerSessionOptions extends SessionOptions {
  policy?: PrivacyPolicy;
  /** What a script that ran before the page's own has kept. */
  early?: EarlyFinds;
  /** Elements of our own UI: never mirrored, never operated. */
  ignore?: (element: Element) => boolean;
}

interface CustomerEvents {
  /** The agent operated an element. */
  touch: { viewer: number; element: Element };
  /** Where an agent points, in the viewport's CSS pixels; `at` is undefined when it left the page. */
  pointer: { viewer: number; at: { x: number; y: number } | undefined };
  /** The chat, oldest line first. */
  chat: readonly ChatLine[];
  /** What an agent proposes to do; undefined when nothing waits any more. */
  proposal: ShownProposal | undefined;
}

/** The customer's side: joins, mirrors this window, and lets a granted agent act in it. */
export class CustomerSession extends ParticipantSession<CustomerEvents> {
  readonly #options: CustomerSessionOptions;
  readonly #removedIds: string[] = [];
  #capture: Capture | undefined;
  #actor: Actor | undefined;
  #reach: ScopedReach | undefined;
  readonly #proposals: Proposals;
  readonly #chat: CustomerChat;
  #wanted = false;
  #pausedHere = false;
  /** The customer took control back; the server has yet to say so. */
  #revokedHere = false;
  #activityAt = 0;
  #abort: AbortController | undefined;

  constructor(options: CustomerSessionOptions) {
    super("customer", options);
    this.#options = options;
    this.#proposals = new Proposals({
      capture: () => this.#capture,
      input: (by, payload) => this.#reach?.unbound(() => this.#actor?.input(by, payload)),
      refuse: () => this.#tell("proposal.refuse"),
      changed: (shown) => this.emit("proposal", shown),
    });
    this.#chat = new CustomerChat({
      send: (peer, payload) => this.transport?.sendFrame(FrameType.chat, peer, 0, payload),
      nameOf: (by) => this.session?.participants.find(({ number }) => number === by)?.name,
      changed: (lines) => this.emit("chat", lines),
    });
  }

  /** Starts a session; the passphrase for the agent is in `session`. Rejects with CopaneError. */
  async start(wish: { name: string; locale?: string; email?: string }): Promise<void> {
    this.sit(await this.rest.customerRequest(wish));
  }

  /** Joins the session that an agent started. Rejects with CopaneError. */
  async join(wish: { name: string; passphrase: string }): Promise<void> {
    this.sit(await this.rest.customerJoin(wish));
  }

  /** Freezes the agent's view: nothing leaves this browser from the call on. */
  async pause(): Promise<void> {
    this.#pausedHere = true;
    this.#capture?.pause();
    try {
      await this.command("session.pause");
    } catch (error) {
      this.#pausedHere = false;
      this.#capture?.resume();
      throw error;
    }
  }

  async resumeView(): Promise<void> {
    await this.command("session.resume");
  }

  /** The page may be seen, or the agent's screen recorded; without it neither is. */
  async giveConsent(what: Consent): Promise<void> {
    await this.command({ t: "consent.give", what });
  }

  /** Refuses, or withdraws what was given: nothing more of the page leaves this browser from the call on. */
  async refuseConsent(what: Consent): Promise<void> {
    if (what === "view") this.#stopCapture();
    await this.command({ t: "consent.refuse", what });
  }

  async grantControl(): Promise<void> {
    await this.command("control.grant");
  }

  async denyControl(): Promise<void> {
    await this.command("control.deny");
  }

  /** Does what the agent proposed, as if the agent did it. */
  async acceptProposal(): Promise<void> {
    if (this.#proposals.shown)
      await this.command(this.#proposals.perform() ? "proposal.accept" : "proposal.refuse");
  }

  async declineProposal(): Promise<void> {
    this.#proposals.clear();
    await this.command("proposal.decline");
  }

  /** The one form or field that a granted or requested control covers, if it covers but one. */
  get scope(): Element | undefined {
    return this.#reach?.scope;
  }

  /** What an agent proposes, while it waits for the customer's answer. */
  get proposal(): ShownProposal | undefined {
    return this.#proposals.shown;
  }

  get chat(): readonly ChatLine[] {
    return this.#chat.lines;
  }

  /** Writes a line to the agents. */
  say(text: string): void {
    if (this.session) this.#chat.say(this.session.id, text);
  }

  /** Takes control back. The agent's input is ignored from the call on. */
  async revokeControl(): Promise<void> {
    this.#revokedHere = true;
    await this.command("control.revoke");
  }

  /** An element that is never sent, by id; also for elements that appear later. */
  addRemovedId(id: string): void {
    this.#removedIds.push(id);
    this.#capture?.addRemovedId(id);
  }

  protected override onFrame({ type, peer, payload }: Frame): void {
    switch (type) {
      case FrameType.feedback:
        this.#capture?.feedback(peer, payload);
        break;
      case FrameType.input:
      case FrameType.scroll:
        this.#input(type, peer, payload);
        break;
      case FrameType.pointer:
        if (!this.#pausedHere) this.#reach?.unbound(() => this.#actor?.pointer(peer, payload));
        break;
      case FrameType.propose:
        if (this.session?.proposal?.by === peer) this.#proposals.receive(peer, payload);
        break;
      case FrameType.chat:
        if (this.session) this.#chat.receive(this.session.id, peer, payload);
        break;
    }
  }

  protected override onMessage(message: ServerMessage): void {
    if (message.t === "mirror.wanted") {
      this.#wanted = message.wanted;
      if (message.wanted) this.#startCapture();
      else this.#stopCapture();
      if (message.wanted) this.#chat.tell(0);
    } else if (message.t === "mirror.resync") {
      this.#capture?.resync();
      this.#chat.tell(message.viewer);
    }
  }

  /** The server checks the grant; so does the page, for what was under way when it ended, and for what is inside. */
  #input(type: FrameType, peer: number, payload: Uint8Array): void {
    const { holder, level } = this.session?.control ?? {};
    if (holder !== peer || this.#revokedHere) return;
    const scrolls = isScrollInput(payload);
    // A frame that says it scrolls was let through for that, and does nothing else.
    if (scrolls !== (type === FrameType.scroll) || (!scrolls && level !== "full")) return;
    if (this.#reach?.exceeds(payload)) return;
    if (scrolls) this.#reach?.scrolling(() => this.#actor?.input(peer, payload));
    else this.#actor?.input(peer, payload);
  }

  /** What the page itself answers; if the session is over meanwhile, nobody waits for it. */
  #tell(command: "control.revoke" | "control.deny" | "proposal.refuse"): void {
    this.command(command).catch(() => {});
  }

  protected override onChange(session: SessionView, event?: SessionEvent, by?: number): void {
    // Who is gone acknowledges nothing more, and must not hold back the others.
    if (by !== undefined && (event === "agent.left" || event === "agent.disconnected"))
      this.#capture?.viewerLeft(by);
    this.#limit(session, event);
    if (!session.proposal) this.#proposals.clear();
    // It was made on an earlier page, and what it was about is gone with that.
    else if (event === undefined && !this.#proposals.shown) this.#tell("proposal.refuse");
    if (event === undefined) this.#chat.restore(session.id);
    if (!this.#consented) this.#stopCapture();
    else if (this.#wanted && !this.#capture) this.#startCapture();
    const paused = session.state === "paused";
    if (paused !== this.#pausedHere || !paused) {
      this.#pausedHere = paused;
      if (paused) this.#capture?.pause();
      else this.#capture?.resume();
    }
    if (session.control.holder === undefined) this.#revokedHere = false;
    if (session.state !== "closed") this.#watchActivity();
  }

  /** Holds on to the element that a request is about, from when it is asked until it is over. */
  #limit({ control }: SessionView, event: SessionEvent | undefined): void {
    if (control.scope === undefined) this.#reach?.open();
    else if (event === "control.requested") {
      if (this.#reach?.limit(control.scope)) return;
      this.#reach?.close();
      this.#tell("control.deny");
    } else if (!this.#reach?.scope) {
      // Agreed on an earlier page: the number means nothing here.
      this.#reach?.close();
      this.#tell(control.holder === undefined ? "control.deny" : "control.revoke");
    }
  }

  get #consented(): boolean {
    const { needed = [], given = [] } = this.session?.consent ?? {};
    return !needed.includes("view") || given.includes("view");
  }

  protected override onEnd(): void {
    this.#wanted = false;
    this.#proposals.clear();
    this.#stopCapture();
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #startCapture(): void {
    if (!this.#consented) return;
    if (this.#capture) {
      this.#capture.resync();
      return;
    }
    const policy = this.#options.policy ?? {};
    this.#capture = createCapture({
      window,
      policy: { ...policy, removeIds: [...(policy.removeIds ?? []), ...this.#removedIds] },
      ...(this.#options.ignore ? { ignore: this.#options.ignore } : {}),
      ...(this.#options.early ? { early: this.#options.early } : {}),
      // A fault of ours must not break the page, but whoever looks for it should find it.
      onError: (error) => console.warn("copane: the mirror met an error", error),
      send: (flags, payload) => {
        if (this.#wanted && !this.#pausedHere) this.transport?.sendFrame(FrameType.mirror, 0, flags, payload);
      },
    });
    this.#reach = new ScopedReach(this.#capture);
    this.#actor = createActor({
      window,
      capture: this.#reach,
      onTouch: (viewer, element) => this.emit("touch", { viewer, element }),
      onPointer: (viewer, at) => this.emit("pointer", { viewer, at }),
    });
    if (this.#pausedHere) this.#capture.pause();
    this.#capture.start();
  }

  #stopCapture(): void {
    this.#capture?.stop();
    this.#capture = undefined;
    this.#actor = undefined;
    this.#reach = undefined;
  }

  #watchActivity(): void {
    if (this.#abort) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    for (const type of ["pointerdown", "keydown", "wheel", "touchstart"]) {
      window.addEventListener(type, (event) => this.#active(event), { capture: true, passive: true, signal });
    }
  }

  #active(event: Event): void {
    const now = Date.now();
    // What the agent does here is not the customer's activity.
    if (!event.isTrusted || now - this.#activityAt < ACTIVITY_MS) return;
    this.#activityAt = now;
    this.transport?.activity();
  }
}
