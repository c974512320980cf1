import type { HistoryMove } from "@copane/mirror/control";
import { createAgentMarks, NO_MARKS } from "@copane/mirror/marks";
import type { Replica, ReplicaView } from "@copane/mirror/replica";
import {
  type CopaneError,
  controlLevels,
  FrameType,
  type Invite,
  type InvitedPart,
  mayAct,
  maySeePage,
  nameOf,
  type ServerMessage,
  type SessionView,
} from "@copane/protocol";
import type { ChatLine } from "../chat/wire.ts";
import { encodeProposal, type Proposal } from "../control/wire.ts";
import { unanswered } from "../errors.ts";
import { Marks } from "../marks.ts";
import { AgentMatch } from "../match/match.ts";
import type { FrameHandlers, MessageHandlers } from "../session.ts";
import { hasSeat } from "../store.ts";
import { type Fidelity, FidelityCount } from "./fidelity.ts";
import { JoiningAgent } from "./joining.ts";
import type { AgentSessionOptions, ControlWish } from "./options.ts";
import { ShownPage } from "./shown-page.ts";
import { AgentTalk } from "./talk.ts";

/** The agent's side: makes or joins a session, shows the customer's page, and acts in it when granted. */
export class AgentSession extends JoiningAgent {
  /** Pointing and drawing over the customer's page: what both sides mark in it. */
  readonly marks: Marks;
  readonly #page: ShownPage;
  readonly #talk: AgentTalk;
  /** The server was told that this screen cannot show the page. */
  #told = false;
  readonly #fidelity = new FidelityCount(
    (more) => this.command({ t: "fidelity", ...more }),
    (now) => this.emit("fidelity", now),
  );

  readonly #match = new AgentMatch({
    command: (command) => this.command(command),
    changed: (figures) => this.emit("figures", figures),
    failed: (error) => this.emit("error", unanswered(error.message, error)),
  });

  /** Whether this tab holds an agent's seat from an earlier page, in the place of this name. */
  static resumable(seat = ""): boolean {
    return hasSeat("agent", seat);
  }

  constructor(options: AgentSessionOptions) {
    super("agent", options);
    this.#page = this.#makePage(options.motionIntervalMs ?? 0);
    this.#talk = new AgentTalk({
      you: () => this.you,
      nameOf: (by) => nameOf(this.session, by),
      send: (type, peer, payload) => this.transport?.sendFrame({ type, peer }, payload) ?? false,
      chatChanged: (lines) => this.emit("chat", lines),
      whispersChanged: (lines) => this.emit("whisper", lines),
    });
    this.marks = new Marks({
      possible: () => this.#page.replica !== undefined,
      start: async (events) => {
        const { replica } = this.#page;
        if (!replica) throw new Error("there is no view to draw over");
        return createAgentMarks({
          ...events,
          replica: replica.marked,
          you: () => this.you,
          send: (payload) => this.#page.send(FrameType.marks, payload),
        });
      },
    });
  }

  /** The two figures that both screens have to show; undefined while they are not known. */
  get figures(): string | undefined {
    return this.#match.figures;
  }

  /** The figures are the same on the customer's screen. Rejects with CopaneError. */
  async confirmMatch(): Promise<void> {
    await this.command("match.confirm");
  }

  /** They are not: the session ends. Nothing was shown. */
  async refuseMatch(): Promise<void> {
    await this.command("match.refuse");
  }

  async requestControl(wish: ControlWish = {}): Promise<void> {
    await this.command({ t: "control.request", ...wish });
  }

  /** Gives control back, or cancels a request that waits. */
  async releaseControl(): Promise<void> {
    await this.command("control.release");
  }

  /** Invites one colleague; the key is for one use, and soon expires. */
  async invite(part: InvitedPart, silent = false): Promise<Invite> {
    const { invite } = await this.command({ t: "invite.create", part, silent });
    return invite as Invite;
  }

  /** A silent participant shows itself to the customer. */
  async announce(): Promise<void> {
    await this.command("agent.announce");
  }

  /** Offers the session to another agent, by number; it changes hands when that one accepts. */
  async offerHandover(to: number): Promise<void> {
    await this.command({ t: "handover.offer", to });
  }

  async acceptHandover(): Promise<void> {
    await this.command("handover.accept");
  }

  async declineHandover(): Promise<void> {
    await this.command("handover.decline");
  }

  async cancelHandover(): Promise<void> {
    await this.command("handover.cancel");
  }

  /** Proposes one click or value. The customer's answer comes as an event of the session. */
  propose(proposal: Proposal): void {
    this.#page.send(FrameType.propose, encodeProposal(proposal));
  }

  async cancelProposal(): Promise<void> {
    await this.command("proposal.cancel");
  }

  get chat(): readonly ChatLine[] {
    return this.#talk.chat;
  }

  get whispers(): readonly ChatLine[] {
    return this.#talk.whispers;
  }

  /** Writes to the customer; resolves when the line stands there. */
  say(text: string): Promise<void> {
    return this.#talk.say(text);
  }

  /** Writes to the other agents, or to one of them. The customer does not see it. */
  whisper(text: string, to?: number): void {
    this.#talk.whisper(text, to);
  }

  /** What of the customer's page is shown, for tools that name its elements. */
  get replica(): Pick<Replica, "frame" | "idOf" | "picture"> | undefined {
    return this.#page.replica;
  }

  /** Why the page is not to be seen though it may be. */
  get trouble(): CopaneError | undefined {
    return this.#page.trouble;
  }

  /** How much of the picture was compared with the customer's page so far, and how much had to be repaired. */
  get fidelity(): Fidelity {
    return this.#fidelity.all;
  }

  protected override lastWords(): { fidelity?: Fidelity } {
    const fidelity = this.#fidelity.take();
    return fidelity ? { fidelity } : {};
  }

  /** Asks for a fresh snapshot of the page. */
  refresh(): void {
    this.#page.replica?.refresh();
  }

  /** How this agent looks at the page. */
  get view(): Readonly<ReplicaView> {
    return this.#page.view;
  }

  /** The scale that the page is shown in now. */
  get scale(): number {
    return this.#page.replica?.scale ?? 1;
  }

  /** Zoom, device edge, following or looking round: for this agent only. */
  setView(view: Partial<ReplicaView>): void {
    this.#page.setView(view);
  }

  /** Scrolls the customer's window to where this agent looks. Needs control. */
  bringCustomer(): void {
    this.#page.replica?.bringCustomer();
  }

  /** Goes back or forward in the customer's tab, or loads its page anew. Needs control. */
  navigate(go: HistoryMove): void {
    this.#page.replica?.navigate(go);
  }

  /** Shows the customer's page in `container`, from now on. Returns a function that ends it. */
  attachView(container: HTMLElement, label: string): () => void {
    this.marks.unload();
    const detach = this.#page.attach(container, label);
    const { replica } = this.#page;
    this.marks.load();
    if (this.session) this.onChange(this.session);
    return () => {
      if (this.#page.replica === replica) this.marks.unload();
      detach();
    };
  }

  #makePage(motionIntervalMs: number): ShownPage {
    return new ShownPage({
      motionIntervalMs,
      send: (header, payload) => this.transport?.sendFrame(header, payload),
      session: () => this.session,
      onPage: (page) => this.emit("page", page),
      onReady: () => {
        this.marks.sync();
        this.emit("ready", undefined);
      },
      onTurn: () => {
        // The marks hung on nodes that are gone, and their ids may name others now.
        this.marks.receive(0, NO_MARKS);
        this.marks.sync();
      },
      onNotice: (notice) => this.emit("notice", notice),
      onFidelity: (now) => this.#fidelity.hear(now),
      onTrouble: (trouble) => {
        this.emit("trouble", trouble);
        this.#tellUnseeing();
      },
      onError: (error) => this.emit("error", error),
    });
  }

  protected override onWelcome({ loads }: Extract<ServerMessage, { t: "welcome" }>): void {
    if (loads) this.#page.loads = loads;
    // The server forgot it with the last connection.
    this.#told = false;
    this.#tellUnseeing();
  }

  /** The customer is told when this screen cannot show the page, and when it can again. */
  #tellUnseeing(): void {
    const { unseeing } = this.#page;
    if (unseeing === this.#told) return;
    this.#told = unseeing;
    // Without a connection it is said when that is back.
    this.command(unseeing ? "picture.fail" : "picture.show").catch(() => {});
  }

  protected override readonly frames: FrameHandlers = {
    [FrameType.mirror]: (frame) => this.#page.receive(frame),
    [FrameType.chat]: ({ payload }) => this.#talk.receiveChat(payload),
    [FrameType.whisper]: ({ peer, payload }) => this.#talk.receiveWhisper(peer, payload),
    [FrameType.marks]: ({ payload }) => this.marks.receive(0, payload),
    [FrameType.notice]: ({ payload }) => this.#page.replica?.notice(payload),
  };

  protected override readonly messages: MessageHandlers = {};

  protected override onChange(session: SessionView): void {
    this.#match.follow(session, this.you);
    const { holder, level } = session.control;
    this.#page.setControl(holder === this.you && session.state === "active", level === "scroll");
    this.marks.setEnabled(mayMark(session, this.you));
  }

  protected override onEnd(): void {
    this.#talk.end();
    this.#page.setControl(false);
    this.marks.setEnabled(false);
  }
}

/** Whether the server lets this agent's marks pass. */
function mayMark(view: SessionView, you: number): boolean {
  const pointing = controlLevels.indexOf(view.control.highest) >= controlLevels.indexOf("point");
  return view.state === "active" && mayAct(view, you) && maySeePage(view) && pointing;
}
