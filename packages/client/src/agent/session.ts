import { createAgentMarks } from "@copane/mirror/marks";
import { createReplica, type Replica, type ReplicaView } from "@copane/mirror/replica";
import {
  type Frame,
  FrameType,
  type HistoryMove,
  NO_MARKS,
  type Notice,
  type ServerMessage,
  type SessionView,
} from "@copane/protocol";
import { Marks } from "../marks.ts";
import { ParticipantSession, type SessionOptions } from "../session.ts";

interface AgentEvents {
  /** The customer's page: address (without query) and title. */
  page: { url: string; title: string };
  /** A complete picture of the page stands. */
  ready: undefined;
  /** The page refused what the agent did, or a native dialog stands in front of it. */
  notice: Notice;
}

/** The agent's side: makes or joins a session, shows the customer's page, and acts in it when granted. */
export class AgentSession extends ParticipantSession<AgentEvents> {
  /** Pointing and drawing over the customer's page: what both sides mark in it. */
  readonly marks: Marks;
  #replica: Replica | undefined;
  /** The customer's page as last heard of, without the hash. */
  #address: string | undefined;
  #view: ReplicaView = { zoom: "fit", device: false, follow: true };
  /** Frames that came before the view was there; the view's first act is to ask for a fresh snapshot. */
  #missed = false;

  constructor(options: SessionOptions) {
    super("agent", options);
    this.marks = new Marks((events) => {
      if (!this.#replica) return undefined;
      return createAgentMarks({
        ...events,
        replica: this.#replica.marked,
        you: () => this.you,
        send: (payload) => this.transport?.sendFrame(FrameType.marks, 0, 0, payload),
      });
    });
  }

  /**
   * Makes a session key. With `autojoin` the agent is in at once, else `joinWithToken` joins with the
   * token that this returns. Rejects with CopaneError.
   */
  async requestKey(
    wish: { name: string; locale?: string; autojoin?: boolean },
    agentToken: string,
  ): Promise<{ passphrase: string; token: string }> {
    const ticket = await this.rest.agentRequest(wish, agentToken);
    if (wish.autojoin) this.sit(ticket);
    return { passphrase: ticket.passphrase ?? "", token: ticket.token };
  }

  /** Second step of `requestKey`. */
  async joinWithToken(token: string): Promise<void> {
    this.sit(await this.rest.agentJoin(token));
  }

  /** Joins a customer who has started a session and reads out the key. */
  async joinLive(wish: { name: string; passphrase: string }, agentToken: string): Promise<void> {
    this.sit(await this.rest.agentLiveJoin(wish, agentToken));
  }

  requestControl(): Promise<void> {
    return this.command("control.request");
  }

  /** Gives control back, or cancels a request that waits. */
  releaseControl(): Promise<void> {
    return this.command("control.release");
  }

  /** Asks for a fresh snapshot of the page. */
  refresh(): void {
    this.#replica?.refresh();
  }

  /** How this agent looks at the page. */
  get view(): Readonly<ReplicaView> {
    return this.#view;
  }

  /** The scale that the page is shown in now. */
  get scale(): number {
    return this.#replica?.scale ?? 1;
  }

  /** Zoom, device edge, following or looking round: for this agent only. */
  setView(view: Partial<ReplicaView>): void {
    this.#view = { ...this.#view, ...view };
    this.#replica?.setView(this.#view);
  }

  /** Scrolls the customer's window to where this agent looks. Needs control. */
  bringCustomer(): void {
    this.#replica?.bringCustomer();
  }

  /** Goes back or forward in the customer's tab, or loads its page anew. Needs control. */
  navigate(go: HistoryMove): void {
    this.#replica?.navigate(go);
  }

  /** Shows the customer's page in `container`, from now on. Returns a function that ends it. */
  attachView(container: HTMLElement, label: string): () => void {
    this.marks.unload();
    this.#replica?.destroy();
    const replica = createReplica({
      container,
      label,
      sendFeedback: (payload) => this.transport?.sendFrame(FrameType.feedback, 0, 0, payload),
      sendInput: (payload) => this.transport?.sendFrame(FrameType.input, 0, 0, payload),
      sendPointer: (payload) => this.transport?.sendFrame(FrameType.pointer, 0, 0, payload),
      onPage: (page) => {
        this.#turnPage(page.url);
        this.emit("page", page);
      },
      onReady: () => {
        this.marks.sync();
        this.emit("ready", undefined);
      },
      onNotice: (notice) => this.emit("notice", notice),
    });
    this.#replica = replica;
    replica.setView(this.#view);
    this.marks.load();
    if (this.session) this.onChange(this.session);
    if (this.#missed) replica.refresh();
    return () => {
      if (this.#replica === replica) {
        this.marks.unload();
        this.#replica = undefined;
      }
      replica.destroy();
    };
  }

  /** Another page: the marks hung on nodes that are gone, and their ids may name others now. */
  #turnPage(url: string): void {
    const [address] = url.split("#", 1);
    const turned = this.#address !== undefined && this.#address !== address;
    this.#address = address;
    if (!turned) return;
    this.marks.receive(0, NO_MARKS);
    this.marks.sync();
  }

  protected override onFrame({ type, flags, payload }: Frame): void {
    if (type === FrameType.marks) this.marks.receive(0, payload);
    if (type === FrameType.notice) this.#replica?.notice(payload);
    if (type !== FrameType.mirror) return;
    if (this.#replica) this.#replica.receive(flags, payload);
    else this.#missed = true;
  }

  protected override onMessage(_message: ServerMessage): void {
    // Nothing is meant for agents alone yet.
  }

  protected override onChange(session: SessionView): void {
    this.#replica?.setControl(session.control.holder === this.you && session.state === "active");
    this.marks.setEnabled(session.state === "active");
  }

  protected override onEnd(): void {
    this.#replica?.setControl(false);
    this.marks.setEnabled(false);
  }
}
