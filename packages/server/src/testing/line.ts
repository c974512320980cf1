import {
  CUSTOMER_NUMBER,
  decodeFrame,
  type Frame,
  type FrameRow,
  frameTable,
  PROTOCOL_VERSION,
  type ServerMessage,
  type SocketClose,
} from "@copane/protocol";
import { Connection, type ConnectionContext } from "../relay/connection.ts";
import type { Link } from "../relay/link.ts";
import { Relay } from "../relay/relay.ts";
import {
  apply,
  createByCustomer,
  refusal,
  type SessionCommand,
  type SessionRecord,
  type SessionSettings,
  viewOf,
} from "../rules/index.ts";
import type { Attachment } from "../sessions/index.ts";
import { SessionHooks } from "../sessions/index.ts";
import { settings } from "./settings.ts";

const MAX_QUEUE_BYTES = 1024;

/** A socket that keeps what it is sent. */
export class FakeLink implements Link {
  readonly messages: ServerMessage[] = [];
  readonly frames: Frame[] = [];
  buffered = 0;
  closed: SocketClose | undefined;

  sendText(text: string): void {
    this.messages.push(JSON.parse(text));
  }

  sendFrame(bytes: Uint8Array): void {
    this.frames.push(decodeFrame(bytes.slice()) as Frame);
  }

  close(code: SocketClose): void {
    this.closed = code;
  }

  /** The last error that the participant was told. */
  get error(): string | undefined {
    return this.messages.flatMap((message) => (message.t === "error" ? message.error.name : [])).at(-1);
  }
}

export interface Line {
  link: FakeLink;
  connection: Connection;
}

/**
 * One session with its connections, relay and rules, and no network: Ada is the customer, each agent is one more who
 * may act.
 */
export class FakeSession {
  record: SessionRecord;
  readonly settings: SessionSettings;
  readonly #context: ConnectionContext;

  constructor(rows?: readonly FrameRow[], policy: Partial<SessionSettings> = {}) {
    this.settings = { ...settings, ...policy };
    this.record = createByCustomer(
      { id: "s", passphrase: "12345678", name: "Ada", locale: undefined, now: 0 },
      this.settings,
    );
    this.does({ t: "agent.live.join", name: "Grace", agentId: "g" });
    const fails = ({ err }: { err?: unknown }) => {
      throw err;
    };
    this.#context = {
      sessions: { attach: async ({ token, page }) => this.#attach(Number(token), page) },
      frames: frameTable(rows),
      relay: new Relay(MAX_QUEUE_BYTES),
      hooks: new SessionHooks({ error: fails }),
      loads: { from: "public", allow: [] },
      privacy: () => ({ mask: [], block: [], hide: [], removeIds: [] }),
      log: { warn: fails },
      helloMs: 1_000,
    };
  }

  does(command: SessionCommand): void {
    this.record = apply(this.record, command, Date.now(), this.settings).session;
  }

  /** Connects the participant of this number; resolves when it is welcome. */
  async connect(number: number): Promise<Line> {
    const link = new FakeLink();
    const role = number === CUSTOMER_NUMBER ? "customer" : "agent";
    const connection = new Connection(link, role, this.#context, { free: () => {} });
    connection.text(JSON.stringify({ t: "hello", version: PROTOCOL_VERSION, token: String(number) }));
    while (!link.messages.some(({ t }) => t === "welcome")) await Promise.resolve();
    return { link, connection };
  }

  #attach(number: number, given: number | undefined): Attachment {
    const page = given ?? this.record.nextPage;
    this.does({ t: "connect", by: number, ...(given === undefined ? {} : { page }) });
    return {
      sessionId: this.record.id,
      number,
      page: number === CUSTOMER_NUMBER ? page : undefined,
      view: () => viewOf(this.record, number, Date.now(), this.settings),
      refusal: (route, flags) => refusal(this.record, number, { route, flags }, Date.now(), this.settings),
      command: async (command) => this.does({ ...command, by: number } as SessionCommand),
      invite: () => {
        throw new Error("not here");
      },
      visited: () => {},
      compared: () => {},
      detach: () => {},
    };
  }
}
