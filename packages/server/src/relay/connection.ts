import {
  CataloguedError,
  type ClientMessage,
  type FrameTable,
  type LoadPolicy,
  limits,
  MOST_HEADER_BYTES,
  PROTOCOL_VERSION,
  type Role,
  type ServerMessage,
  type SessionEvent,
  type SessionView,
  type SitePrivacy,
  SocketClose,
} from "@copane/protocol";
import type { Attachment, Moved, SessionHooks, SessionService } from "../sessions/index.ts";
import type { Carriage, CarriedEnd, Elsewhere } from "./elsewhere.ts";
import type { Link } from "./link.ts";
import { parseMessage } from "./message.ts";
import type { Place } from "./open-sockets.ts";
import { Participant } from "./participant.ts";
import type { Peer } from "./peer.ts";
import { Rates } from "./rates.ts";
import { quietly, refuse, type WarnLog } from "./refuse.ts";
import type { Relay } from "./relay.ts";

export interface ConnectionContext {
  sessions: Pick<SessionService, "attach">;
  /** Where several servers work together: what is decided at another one. */
  elsewhere?: Elsewhere | undefined;
  /** What types of frames there are. */
  frames: FrameTable;
  relay: Relay;
  hooks: SessionHooks;
  /** What every page of the site hides. */
  privacy(): SitePrivacy;
  /** What agents' browsers may load by themselves. */
  loads: LoadPolicy;
  log: WarnLog;
  helloMs: number;
}

type Hello = Extract<ClientMessage, { t: "hello" }>;

type State =
  /** Nothing but a hello is expected. */
  | { is: "new" }
  /** The seat of the hello's token is looked for. What comes meanwhile waits for the welcome. */
  | { is: "greeting"; early: Early }
  | { is: "welcomed"; participant: Participant; hello: Hello }
  /** Another server decides the session: what comes is carried there, and what goes comes from there. */
  | { is: "carried"; carriage: Carriage; hello: Hello }
  | { is: "ended" };

/** Close codes of a hello that is refused for something else than its token. */
const refusedHello: ReadonlyMap<string | undefined, SocketClose> = new Map([
  ["SESSION_CLOSED", SocketClose.sessionClosed],
  ["SHUTTING_DOWN", SocketClose.shuttingDown],
  ["STORE_UNAVAILABLE", SocketClose.overloaded],
  ["SERVERS_APART", SocketClose.overloaded],
  ["PAGE_UNKNOWN", SocketClose.protocolError],
  ["CUSTOMER_ONLY", SocketClose.protocolError],
]);

/** What came before the welcome, in order. */
interface Early {
  received: (ClientMessage | Uint8Array)[];
  bytes: number;
}

/** Before the seat of a carried socket is looked for again: who decided is given a moment to be gone. */
const AGAIN_MS = 50;

/** A client waits for the welcome; one that does not may send so much before. */
const MOST_EARLY = { messages: 64, bytes: limits.frameBytes };

/** One socket, from before its hello to its end. Never throws into the transport. */
export class Connection implements Peer {
  readonly #link: Link;
  readonly #role: Role;
  readonly #context: ConnectionContext;
  readonly #place: Place;
  readonly #rates: Rates;
  readonly #helloTimer: ReturnType<typeof setTimeout>;
  #state: State = { is: "new" };

  /** `place`: what it takes of its network's sockets. */
  constructor(link: Link, role: Role, context: ConnectionContext, place: Place) {
    this.#link = link;
    this.#place = place;
    this.#role = role;
    this.#context = context;
    this.#rates = new Rates(role);
    this.#helloTimer = setTimeout(() => this.close(SocketClose.unauthorized, "no hello"), context.helloMs);
    this.#helloTimer.unref();
  }

  get buffered(): number {
    return this.#link.buffered;
  }

  send(message: ServerMessage): void {
    if (this.#state.is !== "ended") this.#link.sendText(JSON.stringify(message));
  }

  sendFrame(frame: Uint8Array): void {
    if (this.#state.is !== "ended") this.#link.sendFrame(frame);
  }

  close(code: SocketClose, reason: string): void {
    if (this.#state.is === "ended") return;
    this.ended();
    this.#link.close(code, reason);
  }

  /** The transport is gone. */
  ended(): void {
    const before = this.#state;
    this.#state = { is: "ended" };
    clearTimeout(this.#helloTimer);
    this.#place.free();
    if (before.is === "carried") before.carriage.end();
    if (before.is === "welcomed") this.#leave(before.participant);
  }

  /** A text message from the client. */
  text(data: string): void {
    if (this.#state.is === "ended") return;
    if (data.length > limits.messageBytes) this.close(SocketClose.tooLarge, "message too large");
    else if (!this.#rates.message()) this.close(SocketClose.overloaded, "too many messages");
    else this.#message(data);
  }

  /** A content frame from the client. The bytes are relayed, and their peer may be rewritten. */
  frame(bytes: Uint8Array): void {
    if (this.#state.is === "ended") return;
    if (this.#state.is === "new") {
      this.close(SocketClose.protocolError, "hello expected");
      return;
    }
    if (bytes.length > limits.frameBytes + MOST_HEADER_BYTES) {
      this.#refuse(new CataloguedError("FRAME_TOO_LARGE"));
      this.close(SocketClose.tooLarge, "frame too large");
      return;
    }
    if (!this.#rates.frame(bytes.length)) {
      this.close(SocketClose.overloaded, "too many frames");
      return;
    }
    // Who decides counts it.
    if (this.#state.is !== "carried") this.#context.hooks.emit("frame", this.#role, bytes.length);
    this.#received(bytes, bytes.length);
  }

  #message(data: string): void {
    let message: ClientMessage;
    try {
      message = parseMessage(data);
    } catch (error) {
      this.#refuse(error);
      const seated = this.#state.is === "welcomed" || this.#state.is === "carried";
      const fatal = !seated || (error as CataloguedError).name === "MALFORMED_JSON";
      if (fatal) this.close(SocketClose.protocolError, "malformed message");
      return;
    }
    if (this.#state.is === "new") void this.#hello(message);
    else this.#received(message, data.length);
  }

  #received(what: ClientMessage | Uint8Array, bytes: number): void {
    const state = this.#state;
    if (state.is === "welcomed") give(state.participant, what);
    if (state.is === "carried") state.carriage.up(what instanceof Uint8Array ? what : JSON.stringify(what));
    if (state.is !== "greeting") return;
    const { early } = state;
    early.received.push(what);
    early.bytes += bytes;
    if (early.received.length > MOST_EARLY.messages || early.bytes > MOST_EARLY.bytes)
      this.close(SocketClose.overloaded, "too much before the welcome");
  }

  async #hello(message: ClientMessage): Promise<void> {
    try {
      if (message.t !== "hello") throw new CataloguedError("HELLO_EXPECTED");
      if (message.version !== PROTOCOL_VERSION) throw new CataloguedError("VERSION_MISMATCH");
    } catch (error) {
      this.#refuse(error);
      this.close(SocketClose.protocolError, "hello refused");
      return;
    }
    try {
      await this.#greet(message);
    } catch (error) {
      this.#refuse(error);
      const name = error instanceof CataloguedError ? error.name : undefined;
      this.close(refusedHello.get(name) ?? SocketClose.unauthorized, "hello refused");
    }
  }

  async #greet(hello: Hello): Promise<void> {
    const { sessions, relay, frames, log, elsewhere } = this.#context;
    const early: Early = { received: [], bytes: 0 };
    clearTimeout(this.#helloTimer);
    this.#state = { is: "greeting", early };
    const place = await elsewhere?.find(hello.token, this.#role);
    if (this.#ended()) return;
    if (elsewhere && place) {
      this.#carry(elsewhere.carry(place, this.#role, this.#end()), hello, early);
      return;
    }
    const attachment = await sessions.attach(hello, this.#role, {
      // What happens before the welcome, the welcome tells.
      event: (event, by, session) =>
        this.#state.is === "welcomed" && this.#event(event, by, session, attachment),
      moved: (how) => this.#moved(how),
    });
    // Closed meanwhile, by the client or because it sent too much.
    if (this.#ended()) {
      quietly(() => attachment.detach(), log);
      return;
    }
    if (attachment.view().state === "closed") throw new CataloguedError("SESSION_CLOSED");
    const participant = new Participant({
      role: this.#role,
      peer: this,
      attachment,
      relay: relay.of(attachment.sessionId),
      frames,
      rates: this.#rates,
      log,
    });
    this.#state = { is: "welcomed", participant, hello };
    // Whom a stranger may not keep out may not count as one either.
    if (this.#role === "agent") this.#place.free();
    participant.welcome(this.#role === "agent" ? this.#context.loads : undefined);
    // Before the page is asked for anything: what is to be hidden must be known by then.
    if (this.#role === "customer") this.send({ t: "privacy", policy: this.#context.privacy() });
    participant.enter();
    for (const what of early.received) if (!this.#ended()) give(participant, what);
  }

  #carry(carriage: Carriage, hello: Hello, early: Early): void {
    this.#state = { is: "carried", carriage, hello };
    carriage.up(JSON.stringify(hello));
    for (const what of early.received) this.#received(what, 0);
  }

  /** This socket, as the server sees it that decides. */
  #end(): CarriedEnd {
    const link = this.#link;
    return {
      get buffered() {
        return link.buffered;
      },
      down: (data) => {
        if (this.#state.is !== "carried") return;
        if (typeof data !== "string") link.sendFrame(data);
        else {
          this.#heardWelcome(data);
          link.sendText(data);
        }
      },
      close: (code, reason) => {
        // Who is only told to come back need not go: an agent's view bears a second welcome.
        if (code === SocketClose.shuttingDown && this.#role === "agent") this.#again();
        else this.close(code, reason);
      },
    };
  }

  #heardWelcome(text: string): void {
    if (!text.startsWith('{"t":"welcome"')) return;
    // As where its seat is known here.
    if (this.#role === "agent") this.#place.free();
  }

  #leave(participant: Participant): void {
    participant.leave();
    this.#context.relay.left(participant.attachment.sessionId);
  }

  #moved(how: Moved): void {
    const stays = how === "handed over" && this.#state.is === "welcomed";
    // Another page of the customer's, or another socket of this one, has come to the server that decides now.
    if (stays && this.#role === "customer") this.close(SocketClose.replaced, "continued elsewhere");
    else if (stays && this.#context.elsewhere) this.#again();
    else this.close(SocketClose.shuttingDown, "come back");
  }

  /** The session is decided elsewhere now: it is looked for, and what comes meanwhile waits. */
  #again(): void {
    const state = this.#state;
    if (state.is !== "carried" && state.is !== "welcomed") return;
    this.#state = { is: "greeting", early: { received: [], bytes: 0 } };
    if (state.is === "carried") state.carriage.end();
    else this.#leave(state.participant);
    setTimeout(() => {
      if (this.#state.is === "greeting") void this.#hello(state.hello);
    }, AGAIN_MS);
  }

  #event(event: SessionEvent, by: number | undefined, session: SessionView, { number }: Attachment): void {
    this.send({ t: "event", event, ...(by === undefined ? {} : { by }), session });
    // Who left alone is told so like everybody, and has no more business here.
    const left = event === "agent.left" && by === number;
    if (event !== "session.closed" && !left) return;
    const down = session.closeReason?.code === "server_shutdown";
    this.close(down ? SocketClose.shuttingDown : SocketClose.sessionClosed, "session closed");
  }

  #ended(): boolean {
    return this.#state.is === "ended";
  }

  #refuse(error: unknown): void {
    refuse(this, error, this.#context.log);
  }
}

function give(participant: Participant, what: ClientMessage | Uint8Array): void {
  if (what instanceof Uint8Array) participant.frame(what);
  else participant.message(what);
}
