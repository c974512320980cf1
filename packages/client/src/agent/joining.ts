import { AgentRest } from "../rest/agent.ts";
import { WaitingRest } from "../rest/waiting.ts";
import { ParticipantSession } from "../session.ts";
import type { AgentEvents } from "./options.ts";

/** The ways in which an agent comes into a session. */
export abstract class JoiningAgent extends ParticipantSession<AgentEvents> {
  protected override readonly rest = new AgentRest(this.options.server);

  /**
   * Makes a session key. With `autojoin` the agent is in at once, else `joinWithToken` joins with the
   * token that this returns. Rejects with CopaneError.
   */
  async requestKey(
    wish: { name: string; locale?: string; email?: string; autojoin?: boolean },
    agentToken?: string,
  ): Promise<{ passphrase: string; token: string }> {
    const ticket = await this.rest.agentRequest(wish, agentToken);
    if (wish.autojoin) this.enter(ticket);
    return { passphrase: ticket.passphrase ?? "", token: ticket.token };
  }

  /** Second step of `requestKey`. */
  async joinWithToken(token: string): Promise<void> {
    this.enter(await this.rest.agentJoin(token));
  }

  /** Gives up a key of `requestKey` before the second step: the key is then dead. */
  async cancelKey(token: string, reason?: string): Promise<void> {
    await this.rest.logout("agent", token, reason ? { reason } : {});
  }

  /** Joins a customer who has started a session and reads out the key. */
  async joinLive(wish: { name: string; passphrase: string }, agentToken?: string): Promise<void> {
    this.enter(await this.rest.agentLiveJoin(wish, agentToken));
  }

  /**
   * Joins a customer who waits without the key: by the reference of a chat or call, or by the session's id where the
   * site lists who waits.
   */
  async joinWaiting(
    wish: { name: string; reference: string } | { name: string; sessionId: string },
    agentToken?: string,
  ): Promise<void> {
    this.enter(await new WaitingRest(this.options.server).join(wish, agentToken));
  }

  /** Joins a colleague's session by an invitation's key. */
  async joinInvited(wish: { name: string; key: string }, agentToken: string): Promise<void> {
    this.enter(await this.rest.agentInviteJoin(wish, agentToken));
  }

  /** Joins any live session, with a supervisor's token; silently where the site's policy allows it. */
  async supervise(
    wish: { name: string; sessionId: string; silent?: boolean },
    agentToken: string,
  ): Promise<void> {
    this.enter(await this.rest.agentSupervise(wish, agentToken));
  }
}
