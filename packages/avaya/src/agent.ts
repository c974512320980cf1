import type { AgentSession } from "@copane/client/agent";
import { controlOf, type SessionEvent, type SessionView } from "@copane/protocol";
import type { CobrowsePromise } from "./base.ts";
import { Cobrowse } from "./cobrowse.ts";
import type { Configuration } from "./config.ts";
import { engine } from "./engine.ts";
import type { CobrowseEvents } from "./events.ts";
import { compareFigures } from "./figures.ts";
import type { CobrowseSessionInfo } from "./info.ts";
import { Retry } from "./retry.ts";
import { sessionKeyText } from "./session-key.ts";
import { ViewFrame } from "./view-frame.ts";

/** How often Avaya's SDK tries a lost connection again. */
const ATTEMPTS = 10;

/** The agent's side of the SDK. */
export class AgentCobrowse extends Cobrowse<AgentSession> {
  readonly #retry = new Retry(ATTEMPTS);
  readonly #token: string | undefined;
  #frame: ViewFrame | undefined;
  /** The session that a key was made for, until the second step. */
  #made: { token: string; passphrase: string } | undefined;

  constructor(config: Configuration = {}) {
    super("agent", config);
    this.#token = config.agentToken;
  }

  /** The iframe that the customer's page is shown in. */
  setIFrame(iframeId: string): void {
    this.#frame = new ViewFrame(iframeId);
  }

  /** Makes a key and no more; `joinSession(getAgentData().getAgentAuthCode())` is the second step. */
  requestSession(name: string, locale?: string, emailId?: string): CobrowsePromise<CobrowseSessionInfo> {
    return this.prepare(async (session) => {
      const wish = { name, ...(locale ? { locale } : {}), ...(emailId ? { email: emailId } : {}) };
      this.#made = await session.requestKey(wish, this.#token);
      this.data.begin({ passphrase: this.#made.passphrase, agentToken: this.#made.token });
    });
  }

  /** Second step of `requestSession`. */
  joinSession(acstoken: string): CobrowsePromise<CobrowseSessionInfo> {
    return this.join(async (session) => {
      await session.joinWithToken(acstoken);
      this.#made = undefined;
    });
  }

  /** Joins the customer who has begun a session and read out the key. */
  joinLiveSession(name: string, sessionKey: string | number): CobrowsePromise<CobrowseSessionInfo> {
    const passphrase = sessionKeyText(sessionKey);
    return this.join((session) => session.joinLive({ name, passphrase }, this.#token), passphrase);
  }

  requestControl(): CobrowsePromise<void> {
    return this.act((session) => session.requestControl());
  }

  /** Gives control back, or cancels a request that waits. */
  releaseControl(): CobrowsePromise<void> {
    return this.act((session) => session.releaseControl());
  }

  /** Fetches the customer's page afresh. */
  onDemandUpdate(): void {
    this.session?.refresh();
  }

  getAgentData(): CobrowseSessionInfo {
    return this.data;
  }

  setAgentConnectionRetryAttempts(attempts: number | string): void {
    this.#retry.setAttempts(attempts);
  }

  setAgentConnectionRetryInterval(ms: number | string): void {
    this.#retry.setInterval(ms);
  }

  /** Accepted: the view brings its own styles. */
  setAgentCSSPath(_path: string): void {}

  /** Accepted: the view brings its own pictures. */
  setAgentImagePath(_path: string): void {}

  /** Removes what this agent has marked. */
  removeAllAgentMarkers(): void {
    this.session?.marks.clearOwn("markers");
  }

  /** Removes what this agent has drawn. */
  clearAllAgentAnnotations(): CobrowsePromise<void> {
    return this.act(({ marks }) => marks.clearOwn("annotations"));
  }

  addOnPauseCallback(callback: (event: CobrowseEvents["pause"]) => void): void {
    this.callbacks.add("pause", callback);
  }

  addOnResumeCallback(callback: (event: CobrowseEvents["resume"]) => void): void {
    this.callbacks.add("resume", callback);
  }

  addOnControlGrantCallback(callback: (event: CobrowseEvents["controlGrant"]) => void): void {
    this.callbacks.add("controlGrant", callback);
  }

  addOnControlDenialCallback(callback: (event: CobrowseEvents["controlDenial"]) => void): void {
    this.callbacks.add("controlDenial", callback);
  }

  addOnControlRevokeCallback(callback: (event: CobrowseEvents["controlRevoke"]) => void): void {
    this.callbacks.add("controlRevoke", callback);
  }

  addOnCustomerJoinCallback(callback: (event: CobrowseEvents["customerJoin"]) => void): void {
    this.callbacks.add("customerJoin", callback);
  }

  addOnInActivityTimeOutOccurredCallback(callback: (message: string) => void): void {
    this.callbacks.add("idle", callback);
  }

  addOnStopInActivityTimeOutCallback(callback: (message: string) => void): void {
    this.callbacks.add("awake", callback);
  }

  protected override async create(): Promise<AgentSession> {
    const { server } = this;
    const { AgentSession: Session } = await engine().agent(server);
    const session = new Session({
      server,
      reconnect: this.#retry,
      loadSockJs: () => engine().sockJs(server),
      motionIntervalMs: this.motionIntervalMs,
    });
    compareFigures(session, "customer");
    this.#frame?.show(session);
    return session;
  }

  protected override happened(
    event: SessionEvent,
    by: number | undefined,
    before: SessionView | undefined,
  ): void {
    const you = this.session?.you;
    const stood = before && you !== undefined ? controlOf(before, you) : "none";
    const party = { agent: this.data.getAgentName(), customer: this.data.getCustomerName() };
    switch (event) {
      case "customer.joined":
        this.callbacks.fire("customerJoin", party);
        break;
      case "session.paused":
        this.callbacks.fire("pause", party);
        break;
      case "session.resumed":
        this.callbacks.fire("resume", party);
        break;
      case "control.granted":
        if (by === you) this.callbacks.fire("controlGrant", party);
        break;
      case "control.denied":
        if (stood === "pending") this.callbacks.fire("controlDenial", party);
        break;
      case "control.revoked":
        if (stood === "held") this.callbacks.fire("controlRevoke", party);
        break;
    }
  }

  /** A key that nobody has used yet dies with the agent's logout. */
  protected override async withoutSession(reason: string | undefined): Promise<void> {
    const made = this.#made;
    if (!made) return;
    this.#made = undefined;
    const { AgentSession: Session } = await engine().agent(this.server);
    await new Session({ server: this.server }).cancelKey(made.token, reason);
    this.data.end("The key was given up.");
  }

  protected override ended(): void {
    this.#frame?.clear();
  }
}
