import { asksForMarks, NO_MARKS, WANT_MARKS } from "@copane/mirror/marks";
import type { OnRequest } from "@copane/mirror/on-request";
import {
  ALL_VIEWERS,
  type Consent,
  type CopaneError,
  type Frame,
  isControlled,
  type SessionEvent,
  type SessionView,
} from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import type { ShownProposal } from "../control/proposals.ts";
import type { Marks } from "../marks.ts";
import type { CustomerMatch } from "../match/match.ts";
import type { FrameHandlers, MessageHandlers } from "../session.ts";
import type { CommandAnswer } from "../transport/commands.ts";
import type { AgentControl } from "./agent-control.ts";
import { Failures } from "./failures.ts";
import { JoiningCustomer } from "./joining.ts";
import type { CustomerSessionOptions } from "./options.ts";
import {
  agentPointers,
  customerControl,
  customerMarks,
  customerMatch,
  customerTalk,
  type PartsHost,
} from "./parts.ts";
import { SharedPage } from "./shared-page.ts";
import { Sharer } from "./sharer.ts";
import { holdsIn } from "./sharing.ts";
import type { CustomerTalk } from "./talk.ts";
import { Windows } from "./windows.ts";

/** The customer's side: joins, mirrors this window, and lets a granted agent act in it. */
export class CustomerSession extends JoiningCustomer {
  /** Pointing and drawing: what both sides mark in this page. */
  readonly marks: Marks;
  readonly #options: CustomerSessionOptions;
  readonly #page: SharedPage;
  readonly #sharer: Sharer;
  readonly #control: AgentControl;
  readonly #talk: CustomerTalk | undefined;
  readonly #pointed: (frame: Frame) => void;
  readonly #match: OnRequest<CustomerMatch>;
  readonly #windows: Windows;
  readonly #failures: Failures;
  #granting = false;

  constructor(options: CustomerSessionOptions) {
    super("customer", options);
    this.#options = options;
    this.#failures = new Failures({
      transport: () => this.transport,
      session: () => this.session,
      onError: (error) => this.emit("error", error),
    });
    const host = this.#host();
    this.#control = customerControl(host);
    this.#page = this.#makePage();
    this.marks = customerMarks(host);
    this.#sharer = this.#makeSharer();
    this.#talk = customerTalk(host);
    this.#pointed = agentPointers(host);
    this.#match = customerMatch(host);
    this.on("connection", (state) => {
      if (state === "connected") this.#sharer.connected();
    });
    this.#windows = new Windows({
      page: this.#page,
      marks: this.marks,
      transport: () => this.transport,
      hidesDialogs: options.control?.dialogs === "hide",
      onWindow: (view, signal) => this.emit("window", { view, signal }),
    });
  }

  /**
   * The session; undefined before it is joined. What the customer paused, refused or took back here counts from the
   * call on, whether or not the server has confirmed it.
   */
  override get session(): SessionView | undefined {
    return this.#sharer.view(super.session);
  }

  /** Whether the customer ended the session: from then on nothing leaves, whether or not the server has heard. */
  get left(): boolean {
    return this.#sharer.left;
  }

  /** Ends the session. Nothing leaves this browser from the call on, whatever the network does. */
  override async leave(reason?: string): Promise<void> {
    this.#sharer.know({ is: "changed", left: true });
    await super.leave(reason);
  }

  /**
   * Freezes the agent's view: nothing leaves this browser from the call on. Rejects with CopaneError: if the rules of
   * the session refuse it (an agent is in control), the view goes on; if no answer came, it stays frozen.
   */
  pause(): Promise<void> {
    return this.#sharer.takeBack("pause");
  }

  /** The agents' view goes on. Rejects with CopaneError. */
  async resumeView(): Promise<void> {
    const unconfirmed = this.#sharer.allow("pause");
    try {
      await this.command("session.resume");
    } catch (error) {
      // The server has not heard of the pause: there is nothing to resume.
      if (!unconfirmed || this.session?.state === "paused") throw error;
    }
  }

  /** The page may be seen, or the agent's screen recorded; without it neither is. */
  async giveConsent(what: Consent): Promise<void> {
    if (what === "view") this.#sharer.allow("refusal");
    await this.command({ t: "consent.give", what });
  }

  /** Refuses, or withdraws what was given: nothing more of the page leaves this browser from the call on. */
  async refuseConsent(what: Consent): Promise<void> {
    if (what === "view") await this.#sharer.takeBack("refusal");
    else await this.command({ t: "consent.refuse", what });
  }

  /** The figures are the same on the agent's screen. Rejects with CopaneError. */
  async confirmMatch(): Promise<void> {
    await this.command("match.confirm");
  }

  /** They are not: the session ends. Nothing was shown. */
  async refuseMatch(): Promise<void> {
    await this.command("match.refuse");
  }

  /** The agent may act in the page. Rejects with CopaneError. */
  async grantControl(): Promise<void> {
    this.#sharer.allow("revocation");
    this.#granting = true;
    try {
      await this.command("control.grant");
    } finally {
      this.#granting = false;
    }
  }

  /** Whether an agent controls the page, or does as soon as the server hears of the grant that was given here. */
  get controlGiven(): boolean {
    return this.#granting || (this.session !== undefined && isControlled(this.session));
  }

  async denyControl(): Promise<void> {
    await this.command("control.deny");
  }

  /** Takes control back. The agent's input is ignored from the call on. */
  async revokeControl(): Promise<void> {
    this.#control.now?.release();
    await this.#sharer.takeBack("revocation");
  }

  /** Does what the agent proposed, as if the agent did it. */
  async acceptProposal(): Promise<void> {
    const control = this.#control.now;
    if (control?.proposal) await this.command(control.accept() ? "proposal.accept" : "proposal.refuse");
  }

  async declineProposal(): Promise<void> {
    this.#control.now?.clear();
    await this.command("proposal.decline");
  }

  /** What an agent proposes, while it waits for the customer's answer. */
  get proposal(): ShownProposal | undefined {
    return this.#control.proposal;
  }

  /** Writes a line to the agents. */
  say(text: string): void {
    this.#talk?.say(text);
  }

  /** What this page hides is another from now on: the agents' pictures begin anew. */
  policyChanged(): void {
    this.#sharer.policyChanged();
  }

  protected override readonly frames: FrameHandlers = {
    [FrameType.ack]: (frame) => this.#page.capture?.feedback(frame.peer, frame),
    [FrameType.resync]: (frame) => {
      if (this.#page.capture) this.#page.capture.feedback(frame.peer, frame);
      else this.#sharer.askedAgain(frame.peer);
    },
    [FrameType.feedback]: (frame) => this.#page.capture?.feedback(frame.peer, frame),
    [FrameType.input]: (frame) => this.#control.input(frame),
    [FrameType.scroll]: (frame) => this.#control.input(frame),
    [FrameType.pointer]: (frame) => this.#pointed(frame),
    [FrameType.marks]: ({ peer, payload }) => {
      if (this.marks.requested || !asksForMarks(payload)) this.marks.receive(peer, payload);
      else this.#page.send({ type: FrameType.marks, peer }, NO_MARKS);
    },
    [FrameType.propose]: (frame) => {
      if (this.session?.proposal?.by === frame.peer) this.#control.propose(frame);
    },
    [FrameType.chat]: ({ peer, payload }) => this.#talk?.receive(peer, payload),
  };

  protected override readonly messages: MessageHandlers = {
    welcome: () => {
      // The server did not hear that the customer left.
      if (this.#sharer.left) super.leave().catch(() => {});
      this.#windows.tellPath();
      this.#sharer.sendAgain();
    },
    event: () => this.#sharer.sendAgain(),
    privacy: ({ policy }) => this.#sharer.setSitePolicy(policy),
    "mirror.wanted": ({ wanted }) => {
      const { capture } = this.#page;
      this.#sharer.know({ is: "changed", wanted });
      if (!wanted) return;
      // A capture that went on over a lost connection has a new viewer now.
      if (capture && capture === this.#page.capture) capture.resync();
      this.#greet(ALL_VIEWERS);
    },
    "mirror.left": ({ viewer }) => this.#page.capture?.viewerLeft(viewer),
    "mirror.resync": ({ viewer }) => {
      if (this.#page.capture) this.#page.capture.resync();
      else this.#sharer.tryAgain();
      this.#greet(viewer);
      // Who only watches cannot ask.
      if (this.marks.requested) this.marks.receive(viewer, WANT_MARKS);
    },
  };

  protected override onBegin(view: SessionView): void {
    this.#sharer.know({ is: "began", view, unconfirmed: holdsIn(this.store.load()?.holds ?? []) });
  }

  protected override onAnswer(answer: CommandAnswer): void {
    this.#sharer.answered(answer);
  }

  protected override onChange(view: SessionView, event?: SessionEvent): void {
    this.#sharer.know({ is: event === undefined ? "welcome" : "event", view });
    const session = this.session ?? view;
    this.#control.follow(session, event);
    if (session.match || this.#match.now) this.#match.use((match) => match.follow(session));
    if (event === undefined) this.#talk?.restore(session);
    this.marks.present(new Set(session.participants.map(({ number }) => number)));
    if (session.state === "closed") this.#talk?.forget();
    else this.#windows.begin();
  }

  protected override onEnd(): void {
    this.#sharer.know({ is: "changed", view: undefined, wanted: false });
    this.#control.now?.clear();
    this.marks.unload();
    this.#windows.end();
  }

  #host(): PartsHost {
    return {
      options: this.#options,
      page: () => this.#page,
      session: () => this.session,
      transport: () => this.transport,
      command: (command) => this.command(command),
      emit: (type, event) => this.emit(type, event as never),
      onMissing: this.#failures.missing,
    };
  }

  #makeSharer(): Sharer {
    return new Sharer({
      page: this.#page,
      marks: this.marks,
      pagePolicy: () => this.#options.policy?.(),
      command: (command, onSent) => this.command(command, onSent),
      keep: (holds) => this.store.hold(holds),
      tellNotShared: (peer, error) => this.#failures.tell(peer, error),
      onChange: (sharing, error) => this.emit("sharing", { sharing, error }),
      onError: (error: CopaneError) => this.emit("error", error),
    });
  }

  #makePage(): SharedPage {
    const { frames, policy: _, ...options } = this.#options;
    return new SharedPage({
      ...options,
      subframes: frames,
      policy: () => this.#sharer.policy,
      onWindow: (view, signal) => this.#windows.mirrored(view, signal),
      send: (header, payload) => {
        this.transport?.sendFrame(header, payload);
        if (header.type === FrameType.mirror) this.#windows.tellPath();
      },
      onBegin: (capture) => this.#control.now?.begin(capture),
      onEnd: () => this.#control.now?.end(),
      onTouch: (viewer, element) => this.emit("touch", { viewer, element }),
      onFailure: (cause) => this.#sharer.failed(cause),
    });
  }

  /** Tells a viewer that has come, or all (0), what is not part of the picture. */
  #greet(viewer: number): void {
    this.#talk?.tell(viewer);
    this.#sharer.greet(viewer);
  }
}
