import type { CustomerSession } from "@copane/client/customer";
import { consentOf, controlOf, isControlled, type SessionEvent, type SessionView } from "@copane/protocol";
import type { CobrowsePromise } from "./base.ts";
import { Cobrowse } from "./cobrowse.ts";
import type { Configuration } from "./config.ts";
import { engine } from "./engine.ts";
import type { CobrowseEvents } from "./events.ts";
import { compareFigures } from "./figures.ts";
import type { CobrowseSessionInfo } from "./info.ts";
import { PageLayer } from "./page-layer.ts";
import { Retry } from "./retry.ts";
import { sessionKeyText } from "./session-key.ts";

/** What Avaya's SDK waits between two looks at the page. Ours does not poll: only slower wishes count. */
const SYNC_MS = 500;

/** How long a customer's lost connection is tried again, in the SDK's attempts. */
const ATTEMPTS = 60;

/** The customer's side of the SDK, in the window that it runs in. */
export class CustomerCobrowse extends Cobrowse<CustomerSession> {
  readonly #retry = new Retry(ATTEMPTS);
  #intervalMs: number | undefined;
  readonly #removedIds: string[] = [];
  #layer: PageLayer | undefined;

  constructor(config: Configuration = {}) {
    super("customer", config);
  }

  /** Begins a session; the key for the agent is then in `getCustomerData().getPassPhrase()`. */
  requestSession(name: string, locale?: string, email?: string): CobrowsePromise<CobrowseSessionInfo> {
    return this.join((session) =>
      session.start({ name, ...(locale ? { locale } : {}), ...(email ? { email } : {}) }),
    );
  }

  /** Joins the session of the agent who read out the key, with or without its space. */
  joinSession(name: string, sessionKey: string | number): CobrowsePromise<CobrowseSessionInfo> {
    const passphrase = sessionKeyText(sessionKey);
    return this.join((session) => session.join({ name, passphrase }), passphrase);
  }

  /** Freezes the agent's view; only while no agent is in control. */
  pause(): CobrowsePromise<void> {
    return this.act((session) => session.pause());
  }

  resume(): CobrowsePromise<void> {
    return this.act((session) => session.resumeView());
  }

  grantControl(): CobrowsePromise<void> {
    return this.act((session) => session.grantControl());
  }

  denyControl(): CobrowsePromise<void> {
    return this.act((session) => session.denyControl());
  }

  revokeControl(): CobrowsePromise<void> {
    return this.act((session) => session.revokeControl());
  }

  getCustomerData(): CobrowseSessionInfo {
    return this.data;
  }

  /** Accepted: hover is mirrored whatever stylesheet it comes from. */
  setCSSHoverFile(_files: { css?: string } | string): void {}

  /** Slower than the SDK's own 500 ms: changes are sent at most so often. Before the session begins. */
  setAgentViewSyncInterval(ms: number | string): void {
    this.#intervalMs = Number(ms) > SYNC_MS ? Number(ms) : undefined;
  }

  setCustomerConnectionRetryInterval(ms: number | string): void {
    this.#retry.setInterval(ms);
  }

  /** The element with this id is never sent, nor one that gets it later. */
  addElementIDToRemove(domId: string): void {
    if (!this.enabled) return;
    this.#removedIds.push(domId);
    this.session?.policyChanged();
  }

  /** Removes what the customer has marked. */
  clearAllMarkers(): void {
    this.session?.marks.clearOwn("markers");
  }

  /** Removes what the customer has drawn. */
  clearAllCustomerAnnotations(): CobrowsePromise<void> {
    return this.act(({ marks }) => marks.clearOwn("annotations"));
  }

  addOnConnectionResetCallback(callback: (event: CobrowseEvents["reset"]) => void): void {
    this.callbacks.add("reset", callback);
  }

  addOnControlRequestCallback(callback: (event: CobrowseEvents["controlRequest"]) => void): void {
    this.callbacks.add("controlRequest", callback);
  }

  /** The agent gave control back, or took back its request. */
  addOnControlReleaseCallback(callback: (event: CobrowseEvents["controlRelease"]) => void): void {
    this.callbacks.add("controlRelease", callback);
  }

  addOnfireInactivityCallback(callback: (message: string) => void): void {
    this.callbacks.add("idle", callback);
  }

  addOnStopInactivityTimerCallback(callback: (message: string) => void): void {
    this.callbacks.add("awake", callback);
  }

  addOnAgentJoinCallback(callback: (event: CobrowseEvents["agentJoin"]) => void): void {
    this.callbacks.add("agentJoin", callback);
  }

  protected override async create(): Promise<CustomerSession> {
    const { server } = this;
    const script = await engine().customer(server);
    const layer = new PageLayer(
      (place) => new script.Overlay(place),
      script.marksLayerStyle + script.overlayStyle,
    );
    this.#layer = layer;
    const session = new script.CustomerSession({
      server,
      reconnect: this.#retry,
      loadSockJs: () => engine().sockJs(server),
      ignore: (element) => element === layer.host,
      marks: { layer: layer.marks, load: () => engine().marks(server) },
      loadControl: () => engine().control(server),
      policy: () => ({ removeIds: this.#removedIds }),
      loadPointing: async () => script,
      loadMatch: async () => script,
      loadCapture: () => script,
      loadFeatures: () => engine().features(server),
      ...(this.#intervalMs ? { intervalMs: this.#intervalMs } : {}),
      motionIntervalMs: this.motionIntervalMs,
    });
    compareFigures(session, "agent");
    // Avaya: while the agent is in control the customer sees its cursor and what it touches.
    const holds = (viewer: number) => !!session.session && controlOf(session.session, viewer) === "held";
    session.on("touch", ({ viewer, element }) => holds(viewer) && layer.overlay.touch(element));
    session.on("pointer", ({ viewer, at }) =>
      layer.overlay.point(this.agentName(viewer), holds(viewer) ? at : undefined),
    );
    session.on("change", ({ session: view, event }) => {
      if (!isControlled(view)) layer.overlay.point("", undefined);
      // A session that ended meanwhile asks for nothing any more.
      if (event === "policy.changed") void this.seated(session).catch(() => {});
    });
    return session;
  }

  /** Pages of the SDK ask their customers before they call a join: it is the consent that a site's policy wants. */
  protected override async seated(session: CustomerSession): Promise<void> {
    const view = session.session;
    const answer = view && consentOf(view, "view");
    if (answer === "asked" || answer === "refused") await session.giveConsent("view");
  }

  protected override happened(event: SessionEvent, by: number | undefined): void {
    const party = { agent: this.agentName(by), customer: this.data.getCustomerName() };
    switch (event) {
      case "agent.joined":
        this.callbacks.fire("agentJoin", party);
        // The connection that pages wait for is the one to the agent.
        this.callbacks.fire("connection", party);
        break;
      case "control.requested":
        this.callbacks.fire("controlRequest", party);
        break;
      case "control.released":
      case "control.cancelled":
        this.callbacks.fire("controlRelease", party);
        break;
    }
  }

  /** The page that the request came to is gone: the new one has to ask the customer. */
  protected override resumed({ control: { pending } }: SessionView): void {
    if (pending === undefined) return;
    this.callbacks.fire("controlRequest", {
      agent: this.agentName(pending),
      customer: this.data.getCustomerName(),
    });
  }

  protected override ended(): void {
    this.#layer?.remove();
    this.#layer = undefined;
  }
}
