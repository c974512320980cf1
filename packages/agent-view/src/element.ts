import { AgentSession } from "@copane/client/agent";
import type { EndReason, SessionEvent, SessionView } from "@copane/protocol";
import { directionOf } from "@copane/ui";
import { Host, type HostMessage, isExactOrigin } from "./host.ts";
import { style } from "./style.ts";
import { LiveView } from "./view.ts";
import { knownWords, languageOf, loadWords } from "./words.ts";

/** The element's own events, by name, with their `detail`. */
export interface AgentViewEvents {
  /** The session changed; `event` says by what, where something happened. */
  "copane-change": { session: SessionView; event?: SessionEvent; by?: number };
  /** The customer's page: address without query, and title. */
  "copane-page": { url: string; title: string };
  /** A complete picture of the page stands. */
  "copane-ready": undefined;
  "copane-ended": EndReason;
  "copane-error": { name: string; message: string };
}

/** While a page is rendered on a server there are no elements; there the class is only to be imported. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * `<copane-agent-view server="https://help.example.com">`: the live view in any agent desktop. The agent's token
 * comes as the property `token`, or by `postMessage` from the one origin that `allowed-origin` names. Attributes:
 * `server`, `locale`, `name` (of the agent), `allowed-origin`, `scheme` (`dark`), `invite-link` (an address that
 * the invitation's key is appended to), `shortcuts` (single keys do what buttons do).
 */
export class CopaneAgentView extends Base {
  static readonly observedAttributes = ["allowed-origin", "locale"];

  /** The agent's own token (JWT). Never written to an attribute, where the page's markup would show it. */
  token = "";
  /** Lines that this agent often writes to customers, offered beside the chat. */
  cannedLines: readonly string[] = [];
  readonly #root: ShadowRoot;
  #session: AgentSession | undefined;
  #view: LiveView | undefined;
  #host: Host | undefined;
  #off: (() => void)[] = [];

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.#root.adoptedStyleSheets = [sheet];
  }

  /** The session that is shown. A desktop that makes sessions itself sets it; the element then never ends it. */
  get session(): AgentSession | undefined {
    return this.#session;
  }

  set session(session: AgentSession | undefined) {
    if (session === this.#session) return;
    this.#drop();
    this.#session = session;
    if (session) this.#take(session);
  }

  /**
   * Joins a customer who reads out a key, or one who waits, by the reference of a chat or call or by the session's id.
   * Rejects with CopaneError.
   */
  async join(how: string | { reference: string } | { sessionId: string }): Promise<void> {
    const name = this.#name;
    await this.#open((session) =>
      typeof how === "string"
        ? session.joinLive({ name, passphrase: how }, this.token)
        : session.joinWaiting({ name, ...how }, this.token),
    );
  }

  /** Joins a colleague's session. Rejects with CopaneError. */
  async joinInvited(key: string): Promise<void> {
    await this.#open((session) => session.joinInvited({ name: this.#name, key }, this.token));
  }

  /** Starts a session; gives the key to read out to the customer. Rejects with CopaneError. */
  async create(locale = this.#language): Promise<string> {
    let passphrase = "";
    await this.#open(async (session) => {
      ({ passphrase } = await session.requestKey({ name: this.#name, locale, autojoin: true }, this.token));
    });
    return passphrase;
  }

  /** Takes up the session of an earlier page of this tab; false when there is none. */
  async resume(): Promise<boolean> {
    const session = this.#made();
    this.session = session;
    if (await session.comeBack()) return true;
    if (this.#session === session) this.session = undefined;
    return false;
  }

  /** Leaves; whoever leads ends the session for all. */
  async leave(): Promise<void> {
    await this.#session?.leave();
  }

  connectedCallback(): void {
    // Before there is a session: nothing waits for it then.
    void loadWords(this.#language);
    this.#listen();
    this.#show();
  }

  disconnectedCallback(): void {
    this.#host?.destroy();
    this.#host = undefined;
    this.#view?.destroy();
    this.#view = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected) return;
    if (name === "allowed-origin") this.#listen();
    else this.#show(true);
  }

  override addEventListener<K extends keyof AgentViewEvents>(
    type: K,
    listener: (event: CustomEvent<AgentViewEvents[K]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: never,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener, options);
  }

  get #name(): string {
    return this.getAttribute("name") || "Agent";
  }

  get #language(): string {
    return languageOf([this.getAttribute("locale"), document.documentElement.lang]);
  }

  #made(): AgentSession {
    const server = (this.getAttribute("server") || location.origin).replace(/\/+$/, "");
    return new AgentSession({
      server,
      // Needed only where WebSockets do not pass.
      loadSockJs: () => import(/* @vite-ignore */ `${server}/sdk/copane-sockjs.js`),
    });
  }

  async #open(join: (session: AgentSession) => Promise<void>): Promise<void> {
    const session = this.#made();
    this.session = session;
    try {
      await join(session);
    } catch (error) {
      if (this.#session === session) this.session = undefined;
      this.#fail(error as Error);
      throw error;
    }
  }

  #take(session: AgentSession): void {
    this.#off = [
      session.on("change", (change) => {
        this.#show();
        this.#tell("copane-change", change);
        if (change.event)
          this.#host?.tell({ copane: "event", event: change.event, state: change.session.state });
      }),
      session.on("page", (page) => this.#tell("copane-page", page)),
      session.on("ready", () => this.#tell("copane-ready", undefined)),
      session.on("error", (error) => this.#fail(error)),
      session.on("closed", (reason) => {
        this.#tell("copane-ended", reason);
        this.#host?.tell({ copane: "ended", code: reason.code });
        if (this.#session === session) this.session = undefined;
      }),
    ];
    this.#show();
  }

  #drop(): void {
    for (const off of this.#off) off();
    this.#off = [];
    this.#view?.destroy();
    this.#view = undefined;
  }

  /** Shows the session once there is one; a view in the wrong language is made anew. */
  #show(afresh = false): void {
    const session = this.#session;
    const view = session?.session;
    if (!session || !view || view.closeReason || !this.isConnected) return;
    if (this.#view && !afresh) return;
    const language = this.#language;
    const words = knownWords(language);
    if (!words) {
      void loadWords(language).then(() => this.#show(afresh));
      return;
    }
    this.#view?.destroy();
    const link = this.getAttribute("invite-link");
    const live = new LiveView({
      session,
      view,
      text: words.text,
      errors: words.errors,
      inviteLink: (key) => (link ? link + encodeURIComponent(key) : undefined),
      keys: () => this.hasAttribute("shortcuts"),
      cannedLines: () => this.cannedLines,
      root: this.#root,
    });
    // Its own, whatever the page's are.
    live.element.lang = words.language;
    live.element.dir = directionOf(words.language);
    this.#view = live;
  }

  #listen(): void {
    this.#host?.destroy();
    this.#host = undefined;
    const origin = this.getAttribute("allowed-origin");
    if (!origin) return;
    if (!isExactOrigin(origin)) {
      this.#fail({
        name: "INVALID_FIELD",
        message: "allowed-origin must be one origin, like https://crm.example",
      });
      return;
    }
    this.#host = new Host(origin, (message) => void this.#obey(message).catch(() => {}));
  }

  async #obey(message: HostMessage): Promise<void> {
    switch (message.copane) {
      case "token":
        this.token = message.token;
        if (message.name) this.setAttribute("name", message.name);
        break;
      case "waiting":
        await this.join({ reference: message.reference });
        break;
      case "join":
        await this.join(message.passphrase);
        break;
      case "invited":
        await this.joinInvited(message.key);
        break;
      case "create":
        this.#host?.tell({ copane: "key", passphrase: await this.create(message.locale) });
        break;
      case "leave":
        await this.leave();
        break;
    }
  }

  #fail({ name, message }: { name: string; message: string }): void {
    this.#tell("copane-error", { name, message });
    this.#host?.tell({ copane: "error", name, message });
  }

  #tell<K extends keyof AgentViewEvents>(type: K, detail: AgentViewEvents[K]): void {
    this.dispatchEvent(new CustomEvent(type, { detail, composed: true }));
  }
}
