import {
  type Command,
  type CommandMessage,
  CopaneError,
  type EndReason,
  type Frame,
  type FrameType,
  type Invite,
  type LogoutBody,
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
import { SeatStore } from "./store.ts";
import type { CommandAnswer } from "./transport/commands.ts";
import { defaultReconnectPolicy, type ReconnectPolicy } from "./transport/reconnect.ts";
import type { LoadSockJs } from "./transport/socket.ts";
import { type ConnectionState, Transport } from "./transport/transport.ts";

export interface SessionOptions {
  /** The server's base URL, like `https://help.example.com` or with a path prefix. */
  server: string;
  /** Loads the way by SockJS when WebSockets do not pass. */
  loadSockJs?: LoadSockJs;
  reconnect?: ReconnectPolicy;
  /** Names the place in this tab's storage where the seat is kept, for tabs that hold several sessions. */
  seat?: string;
}

export interface SessionEvents {
  /** The session changed: the whole of it, with what happened where something did. */
  change: { session: SessionView; event?: SessionEvent; by?: number };
  connection: ConnectionState;
  /** The session is over, for whatever reason; comes once. */
  closed: EndReason;
  error: CopaneError;
}

/** Handlers by type of frame. A frame of another type is dropped. */
export type FrameHandlers = { readonly [type in FrameType]?: (frame: Frame) => void };

/** Handlers of messages that concern one role only. */
export type MessageHandlers = {
  readonly [type in ServerMessage["t"]]?: (message: Extract<ServerMessage, { t: type }>) => void;
};

/** A participant's place in a session; `over` once the session or the participant's part in it has ended. */
interface Membership {
  is: "joined" | "over";
  readonly token: string;
  readonly transport: Transport;
  /** The participant's number. */
  you: number;
  view: SessionView;
  connection: ConnectionState;
}

/** What customer and agent have in common: a place in a session, its view, and the connection. */
export abstract class ParticipantSession<Extra extends object = object> extends Emitter<
  SessionEvents & Extra
> {
  protected abstract readonly rest: RestClient;
  /** Handlers of the content frames from the other side. */
  protected abstract readonly frames: FrameHandlers;
  protected abstract readonly messages: MessageHandlers;
  protected readonly options: SessionOptions;
  protected readonly store: SeatStore;
  readonly #role: Role;
  #membership: Membership | undefined;

  protected constructor(role: Role, options: SessionOptions) {
    super();
    this.#role = role;
    this.options = options;
    this.store = new SeatStore(role, options.seat);
  }

  /** The session as last heard of; undefined before it is joined. */
  get session(): SessionView | undefined {
    return this.#membership?.view;
  }

  /** This participant's number. */
  get you(): number {
    return this.#membership?.you ?? 0;
  }

  get connection(): ConnectionState {
    return this.#membership?.connection ?? "connecting";
  }

  /** The bearer token of this participant; undefined before it is joined. */
  get token(): string | undefined {
    return this.#membership?.token;
  }

  /**
   * Takes up the session of an earlier page of this tab. False when there is none, or it has ended.
   */
  async resume(): Promise<boolean> {
    const seat = this.store.load();
    if (!seat || seat.server !== this.options.server) return false;
    let status: StatusAnswer;
    try {
      status = await this.rest.status(this.#role, seat.token);
    } catch (error) {
      // Only an answer that denies the seat makes it worthless; the network may be back on the next page.
      if ((error as CopaneError).status === 401) this.store.clear();
      return false;
    }
    if (status.session.state === "closed") {
      this.store.clear();
      return false;
    }
    this.#begin({ ...status, token: seat.token });
    return true;
  }

  /** The same, and tries again while the server is not reached, as for a connection that was lost. */
  async comeBack(): Promise<boolean> {
    const { delayMs } = this.options.reconnect ?? defaultReconnectPolicy;
    for (let attempt = 0; !(await this.resume()); attempt++) {
      const wait = this.store.load()?.server === this.options.server ? delayMs(attempt) : undefined;
      if (wait === undefined) return false;
      await new Promise((done) => setTimeout(done, wait));
    }
    return true;
  }

  /** Ends the session for both sides. Works while the page is being left. */
  async leave(reason?: string): Promise<void> {
    const { token } = this;
    if (token === undefined || this.#membership?.is === "over") return;
    this.store.clear();
    await this.rest.logout(this.#role, token, { ...(reason ? { reason } : {}), ...this.lastWords() });
  }

  /** What goes with the logout. */
  protected lastWords(): Omit<LogoutBody, "reason"> {
    return {};
  }

  /** Answers the idle warning: the session goes on. */
  async continueSession(): Promise<void> {
    await this.command("session.continue");
  }

  /** Lets go of the connection without ending the session: it can be resumed. */
  detach(): void {
    this.transport?.close();
  }

  /**
   * Sends a command of the session's rules. Rejects with CopaneError.
   * @param onSent hears the number of the command, if it went out
   */
  protected async command(
    command: Command | CommandMessage,
    onSent?: (n: number) => void,
  ): Promise<{ invite?: Invite }> {
    if (!this.transport) throw notJoined();
    return this.transport.request(typeof command === "string" ? { t: command } : command, onSent);
  }

  protected get transport(): Transport | undefined {
    return this.#membership?.transport;
  }

  /** Takes the place that a request or join gave, and connects. */
  protected enter(ticket: Ticket): void {
    this.store.save({ server: this.options.server, token: ticket.token });
    this.#begin(ticket);
  }

  #begin({ session, you, token }: Pick<Ticket, "session" | "you" | "token">): void {
    const transport = new Transport({ ...this.options, role: this.#role, token });
    const member: Membership = {
      is: "joined",
      token,
      transport,
      you,
      view: session,
      connection: "connecting",
    };
    this.#membership = member;
    transport.on("state", (state) => {
      member.connection = state;
      this.emit("connection", state as never);
    });
    transport.on("message", (message) => this.#message(member, message));
    transport.on("answer", (answer) => this.onAnswer(answer));
    transport.on("frame", (frame) => this.frames[frame.type as FrameType]?.(frame));
    transport.on("ended", ({ code }) => this.#ended(member, code));
    this.onBegin(session);
    this.#tellChange();
    transport.connect();
  }

  /** The server lets it in; before the session is told of. */
  protected onWelcome(_message: Extract<ServerMessage, { t: "welcome" }>): void {}
  /** A place was taken; nothing has come over the connection yet. */
  protected onBegin(_session: SessionView): void {}
  /** The server answered a command, in time or late. */
  protected onAnswer(_answer: CommandAnswer): void {}
  /** The session changed, by an event or (without one) as found on connecting; before listeners hear of it. */
  protected abstract onChange(session: SessionView, event?: SessionEvent, by?: number): void;
  /** The session or its connection is over. */
  protected abstract onEnd(): void;

  #message(member: Membership, message: ServerMessage): void {
    if (message.t === "welcome") {
      member.you = message.you;
      this.onWelcome(message);
      this.#change(member, message.session);
    } else if (message.t === "event") this.#change(member, message.session, message.event, message.by);
    else if (message.t === "error") this.emit("error", new CopaneError(message.error) as never);
    const handle = this.messages[message.t] as ((message: ServerMessage) => void) | undefined;
    handle?.(message);
  }

  #change(member: Membership, session: SessionView, event?: SessionEvent, by?: number): void {
    member.view = session;
    this.onChange(session, event, by);
    this.#tellChange(event, by);
    if (session.closeReason) this.#close(member, session.closeReason);
    else if (event === "agent.left" && by === member.you)
      this.#close(member, { code: "left", text: "You left. The session goes on without you." });
  }

  #tellChange(event?: SessionEvent, by?: number): void {
    const { session } = this;
    const change = { session, ...(event ? { event } : {}), ...(by === undefined ? {} : { by }) };
    this.emit("change", change as never);
  }

  #ended(member: Membership, code: number): void {
    this.onEnd();
    if (member.is === "over" || code === 1000) return;
    if (code === SocketClose.replaced) {
      member.is = "over";
      const text = "The session goes on in another tab.";
      this.emit("closed", { code: "continued_elsewhere", text } as never);
      return;
    }
    this.#close(member, { code: "connection_lost", text: "The connection to the session was lost." });
  }

  #close(member: Membership, reason: EndReason): void {
    if (member.is === "over") return;
    member.is = "over";
    this.store.clear(member.token);
    this.onEnd();
    member.transport.close();
    this.emit("closed", reason as never);
  }
}
