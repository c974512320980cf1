import {
  type AgentRequestBody,
  controlOf,
  type Frame,
  FrameFlag,
  FrameType,
  type GrantLevel,
  paths,
  type ServerMessage,
  type Ticket,
} from "@copane/protocol";
import { ask, FakeParticipant } from "./participant.ts";

/** How a fake agent comes in. */
export type AgentsWay = { key: string } | { reference: string } | { sessionId: string };

/** An agent without a browser: everything of a session but eyes and hands. */
export class FakeAgent extends FakeParticipant {
  /** The key for the customer, where the agent began. */
  readonly key: string | undefined;
  /** Complete pictures of the customer's page that came. */
  pictures = 0;
  /** Frames of the picture that came, and their bytes. */
  readonly received = { frames: 0, bytes: 0 };

  private constructor(server: string, ticket: Ticket) {
    super(server, "agent", ticket);
    this.key = ticket.passphrase;
  }

  /**
   * Joins a customer who waits. Rejects with CopaneError.
   * @param agentToken the agent's JWT
   */
  static async join(
    server: string,
    agentToken: string | undefined,
    { name = "Robin", ...way }: AgentsWay & { name?: string },
  ): Promise<FakeAgent> {
    const [path, body] =
      "key" in way
        ? [paths.agentLiveJoin, { name, passphrase: way.key }]
        : [paths.agentWaitingJoin, { name, ...way }];
    return FakeAgent.#connected(server, await ask(server, "POST", path, { body, token: agentToken }));
  }

  /** Starts a session and waits for a customer. Rejects with CopaneError. */
  static async start(
    server: string,
    agentToken: string | undefined,
    wish: Partial<AgentRequestBody> = {},
  ): Promise<FakeAgent> {
    const body = { name: "Robin", ...wish, autojoin: true };
    return FakeAgent.#connected(
      server,
      await ask(server, "POST", paths.agentRequest, { body, token: agentToken }),
    );
  }

  static async #connected(server: string, ticket: Ticket): Promise<FakeAgent> {
    const agent = new FakeAgent(server, ticket);
    const isIn = () =>
      agent.session.participants.some(({ number, connected }) => number === agent.you && connected);
    await agent.until("the connection", isIn);
    return agent;
  }

  /** Waits for a complete picture of the customer's page. */
  picture(withinMs?: number): Promise<void> {
    return this.until("a picture of the page", () => this.pictures > 0, withinMs);
  }

  /** Asks for control; resolves once the customer has answered, with whether it was granted. */
  async requestControl(level: GrantLevel = "full"): Promise<boolean> {
    await this.command("control.request", { level });
    await this.until("the answer", () => controlOf(this.session, this.you) !== "pending");
    return controlOf(this.session, this.you) === "held";
  }

  releaseControl(): Promise<void> {
    return this.command("control.release");
  }

  protected onMessage(_message: ServerMessage): void {}

  protected onFrame({ type, flags, payload }: Frame): void {
    if (type !== FrameType.mirror) return;
    this.received.frames++;
    this.received.bytes += payload.length;
    if (flags & FrameFlag.keyframe) this.pictures++;
  }
}
