import {
  type CloseReason,
  type Command,
  type CommandMessage,
  CopaneError,
  type Frame,
  type Invite,
  type Role,
  type ServerMessage,
  type SessionEvent,
  type SessionView,
  SocketClose,
  type StatusAnswer,
  type Ticket,
} from "@copane/protocol";
import { Emitter } from "./emitter.ts";
import { notJoined } from "./errors.ts";
import type { RestClient } from "./rest/rest.ts";
import { type Seat, SeatStore } from "./store.ts";
import type { ReconnectPolicy } from "./transport/reconnect.ts";
import type { LoadSockJs } from "./transport/socket.ts";
import { type ConnectionState, Transport } from "./transport/transport.ts";

export interface SessionOptions {
  /** The server's base URL, like `https://help.example.com` or with a path prefix. */
  server: string;
  /** Loads the way by SockJS when WebSockets do not pass. */
  loadSockJs?: LoadSockJs;
  reconnect?: ReconnectPolicy;
}

export interface SessionEvents {
  /** The session changed: the whole of it, with what happened where something did. */
  change: { session: SessionView; event?: SessionEvent; by?: number };
  connection: ConnectionState;
  /** The session is over, for whatever reason; comes once. */
  closed: CloseReason;
  error: CopaneError;
}

/** What customer and agent have in common: a seat in a session, its view, and the connection. */
export abstract class ParticipantSession<Extra extends object = object> extends Emitter<
  SessionEvents & Extra
> {
  protected abstract readonly rest: RestClient;
  protected readonly options: SessionOptions;
  readonly #role: Role;
  readonly #store: SeatStore;
  #seat: Seat | undefined;
  #transport: Transport | undefined;
  #session: SessionView | undefined;
  #connection: ConnectionState = "connecting";
  #you = 0;
  #closed = false;

  protected constructor(role: Role, options: SessionOptions) {
    super();
    this.#role = role;
    this.options = options;
    this.#store = new SeatStore(role);
  }

  /** The session as last heard of; undefined before it is joined. */
  get session(): SessionView | undefined {
    return this.#session;
  }

  /** This participant's number. */
  get you(): number {
    return this.#you;
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /** The bearer token of this participant; undefined before it is joined. */
  get token(): string | undefined {
    return this.#seat?.token;
  }

  /**
   * Takes up the session of an earlier page of this tab. False when there is none, or it has ended.
   */
  async resume(): Promise<boolean> {
    const seat = this.#store.load();
    if (!seat || seat.server !== this.options.server) return false;
    let status: StatusAnswer;
    try {
      status = await this.rest.status(this.#role, seat.token);
    } catch (error) {
      // Only an answer that denies the seat makes it worthless; the network may be back on the next page.
      if ((error as CopaneError).status === 401) this.#store.clear();
      return false;
    }
    if (status.session.state === "closed") {
      this.#store.clear();
      return false;
    }
    this.#sit({ ...status, token: seat.token });
    return true;
  }

  /** Ends the session for both sides. Works while the page is being left. */
  async leave(reason?: string): Promise<void> {
    const { token } = this;
    if (token === undefined || this.#closed) return;
    this.#store.clear();
    await this.rest.logout(this.#role, token, reason);
  }

  /** Answers the idle warning: the session goes on. */
  async continueSession(): Promise<void> {
    await this.command("session.continue");
  }

  /** Lets go of the connection without ending the session: it can be resumed. */
  detach(): void {
    this.#transport?.close();
  }

  protected async command(command: Command | CommandMessage): Promise<{ invite?: Invite }> {
    if (!this.#transport) throw notJoined();
    return this.#transport.request(typeof command === "string" ? { t: command } : command);
  }

  protected get transport(): Transport | undefined {
    return this.#transport;
  }

  /** Takes the seat that a request or join gave, and connects. */
  protected sit(ticket: Ticket): void {
    this.#store.save({ server: this.options.server, token: ticket.token });
    this.#sit(ticket);
  }

  #sit(ticket: Pick<Ticket, "session" | "you" | "token">): void {
    this.#seat = { server: this.options.server, token: ticket.token };
    this.#you = ticket.you;
    this.#session = ticket.session;
    const transport = new Transport({ ...this.options, role: this.#role, token: ticket.token });
    this.#transport = transport;
    transport.on("state", (state) => {
      this.#connection = state;
      this.emit("connection", state as never);
    });
    transport.on("message", (message) => this.#message(message));
    transport.on("frame", (frame) => this.onFrame(frame));
    transport.on("ended", ({ code }) => this.#ended(code));
    this.emit("change", { session: ticket.session } as never);
    transport.connect();
  }

  /** A content frame from the other side. */
  protected abstract onFrame(frame: Frame): void;
  /** Messages that concern one role only. */
  protected abstract onMessage(message: ServerMessage): void;
  /** The session changed, by an event or (without one) as found on connecting; before listeners hear of it. */
  protected abstract onChange(session: SessionView, event?: SessionEvent, by?: number): void;
  /** The session or its connection is over. */
  protected abstract onEnd(): void;

  #message(message: ServerMessage): void {
    switch (message.t) {
      case "welcome":
        this.#you = message.you;
        this.#change(message.session);
        break;
      case "event":
        this.#change(message.session, message.event, message.by);
        break;
      case "error":
        if (message.n === undefined) this.emit("error", new CopaneError(message.error) as never);
        break;
    }
    this.onMessage(message);
  }

  #change(session: SessionView, event?: SessionEvent, by?: number): void {
    this.#session = session;
    this.onChange(session, event, by);
    const change = { session, ...(event ? { event } : {}), ...(by === undefined ? {} : { by }) };
    this.emit("change", change as never);
    if (session.closeReason) this.#close(session.closeReason);
    else if (event === "agent.left" && by === this.#you)
      this.#close({ code: "agent_left", text: "You left the session.", by: "agent" });
  }

  #ended(code: number): void {
    this.onEnd();
    if (this.#closed || code === 1000) return;
    if (code === SocketClose.replaced) {
      this.#closed = true;
      this.emit("closed", {
        code: "connection_lost",
        text: "The session was continued in another tab.",
      } as never);
      return;
    }
    this.#close({ code: "connection_lost", text: "The connection to the session was lost." });
  }

  #close(reason: CloseReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#store.clear();
    this.onEnd();
    this.#transport?.close();
    this.emit("closed", reason as never);
  }
}
