import {
  CataloguedError,
  type ClientMessage,
  decodeFrame,
  type ErrorName,
  encodeFrame,
  errorBody,
  type FrameType,
  PROTOCOL_VERSION,
  type ServerMessage,
  type SessionEvent,
  type SessionView,
} from "@copane/protocol";

/** A server and the network to it, in the hand of a test: nothing arrives anywhere before the test says so. */
export class FakeServer {
  paused = false;
  consent: "given" | "refused" = "given";
  holder: number | undefined;
  closed = false;
  /** Whether a viewer is there. */
  viewer = true;
  /** The next command is answered with an error that is nobody's rule. */
  failsNext = false;
  /** Whether requests reach the server. */
  reachable = true;
  /** Types of the frames that left the browser. */
  readonly frames: FrameType[] = [];
  socket: FakeSocket | undefined;
  #up: ClientMessage[] = [];
  #down: ServerMessage[] = [];

  get view(): SessionView {
    return {
      id: "session",
      state: this.closed ? "closed" : this.paused ? "paused" : "active",
      initiator: "customer",
      locale: "en",
      participants: [
        { number: 0, role: "customer", name: "Ada", connected: true },
        { number: 1, role: "agent", name: "Sam", connected: true, part: "agent" },
      ],
      control: { highest: "full", ...(this.holder ? { holder: this.holder, level: "full" } : {}) },
      consent: {
        needed: ["view"],
        given: this.consent === "given" ? ["view"] : [],
        refused: this.consent === "refused" ? ["view"] : [],
      },
      lead: 1,
      timeoutInMs: 1_000_000,
      ...(this.closed
        ? { closeReason: { code: "customer_left" as const, text: "Over.", by: "customer" } }
        : {}),
    };
  }

  /** Answers a request as `fetch` does. */
  readonly fetch = async (url: string): Promise<Response> => {
    if (!this.reachable) throw new TypeError("offline");
    if (url.includes("logout")) {
      this.closed = true;
      this.tell("session.closed");
      return Response.json({});
    }
    return Response.json({ session: this.view, you: 0, token: "token" });
  };

  /** The client's socket opened. */
  opened(socket: FakeSocket): void {
    this.socket = socket;
    this.#up = [];
    this.#down = [];
  }

  text(socket: FakeSocket, data: string): void {
    if (socket === this.socket) this.#up.push(JSON.parse(data) as ClientMessage);
  }

  frame(socket: FakeSocket, bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (frame && socket === this.socket) this.frames.push(frame.type as FrameType);
  }

  /** Does what the oldest message under way asks; the answers are under way then. False when there is none. */
  serve(): boolean {
    const message = this.#up.shift();
    if (!message) return false;
    if (message.t === "hello") {
      this.#down.push(
        { t: "welcome", version: PROTOCOL_VERSION, you: 0, session: this.view },
        { t: "privacy", policy: { mask: [], block: [], hide: [], removeIds: [] } },
        { t: "mirror.wanted", wanted: this.viewer },
      );
    } else if (message.t === "ping") this.#down.push({ t: "pong" });
    else if ("n" in message) {
      const error = this.#command(message);
      if (error) this.#down.push({ t: "error", n: message.n, error: errorBody(new CataloguedError(error)) });
      else this.#down.push({ t: "ok", n: message.n });
    }
    return true;
  }

  /** Brings the oldest answer under way to the client. False when there is none. */
  deliver(): boolean {
    const message = this.#down.shift();
    if (message) this.socket?.onmessage?.({ data: JSON.stringify(message) });
    return message !== undefined;
  }

  /** Does and delivers all that is under way, and what comes of it. */
  settle(): void {
    while (this.serve() || this.deliver());
  }

  /** An event is under way to the client, with the session as it is now. */
  tell(event: SessionEvent): void {
    this.#down.push({ t: "event", event, session: this.view });
  }

  send(message: ServerMessage): void {
    this.#down.push(message);
  }

  /** A content frame of agent 1 arrives at the client. */
  sendFrame(type: FrameType, payload: Uint8Array): void {
    this.socket?.onmessage?.({ data: encodeFrame({ type, peer: 1 }, payload).buffer });
  }

  /** The connection is lost with all that is under way. */
  cut(): void {
    const { socket } = this;
    this.socket = undefined;
    this.#up = [];
    this.#down = [];
    socket?.onclose?.({ code: 1006 });
  }

  #command({ t }: ClientMessage): ErrorName | undefined {
    if (this.failsNext) {
      this.failsNext = false;
      return "INTERNAL";
    }
    switch (t) {
      case "session.pause":
        if (this.paused) return "SESSION_PAUSED";
        if (this.holder) return "PAUSE_NEEDS_CONTROL";
        this.paused = true;
        this.tell("session.paused");
        return undefined;
      case "session.resume":
        if (!this.paused) return "SESSION_NOT_PAUSED";
        this.paused = false;
        this.tell("session.resumed");
        return undefined;
      case "consent.give":
      case "consent.refuse":
        this.consent = t === "consent.give" ? "given" : "refused";
        this.tell(t === "consent.give" ? "consent.given" : "consent.refused");
        return undefined;
      case "control.grant":
        this.holder = 1;
        this.tell("control.granted");
        return undefined;
      case "control.revoke":
        if (!this.holder) return "CONTROL_NOT_HELD";
        this.holder = undefined;
        this.tell("control.revoked");
        return undefined;
      default:
        return "UNKNOWN_MESSAGE";
    }
  }
}

/** A WebSocket whose other end is the fake server. It opens when the test says so. */
export class FakeSocket {
  static server: FakeServer;
  /** Sockets that have not opened yet. */
  static readonly opening: FakeSocket[] = [];
  binaryType = "";
  readonly bufferedAmount = 0;
  readonly extensions = "";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    FakeSocket.opening.push(this);
  }

  /** Opens the sockets that wait for it; the newest is the client's. */
  static openAll(): void {
    for (const socket of FakeSocket.opening.splice(0)) {
      FakeSocket.server.opened(socket);
      socket.onopen?.();
    }
  }

  send(data: string | Uint8Array): void {
    if (typeof data === "string") FakeSocket.server.text(this, data);
    else FakeSocket.server.frame(this, data);
  }

  close(): void {
    if (FakeSocket.server.socket === this) FakeSocket.server.socket = undefined;
  }
}
