import { type Role, SocketClose } from "@copane/protocol";
import type { Carriage, CarriedConnection, CarriedEnd, Link, Place } from "../relay/index.ts";
import type { Parcel } from "./packet.ts";

/** What servers tell each other of sockets, besides what comes and goes over them. */
export type SocketWord =
  /** A socket at the sender belongs to a session that the receiver decides. */
  | { open: number; session: string; role: Role }
  /** It is gone. */
  | { gone: number }
  /** Its network has taken so many bytes more. */
  | { taken: number; bytes: number }
  /** The receiver is to close it. */
  | { close: number; code: SocketClose; reason: string };

export interface PipesOptions {
  send(server: string, parcel: Parcel): void;
  /** Whether the session is decided here. */
  has(sessionId: string): boolean;
  /** Seats a participant whose socket another server holds. */
  seat(link: Link, role: Role): CarriedConnection;
}

/** A socket here of a session that another server decides. */
interface Carried {
  server: string;
  socket: CarriedEnd;
  /** Bytes that came for it and were not said to be taken. */
  given: number;
}

/** A participant of a session that is decided here, whose socket another server holds. */
interface Seated {
  connection: CarriedConnection;
  link: DistantLink;
}

/** How often it is looked what the networks have taken. */
const TAKEN_MS = 100;
/** So many bytes are said to be taken at once at the latest. */
const TAKEN_BYTES = 64 * 1024;

/** Sockets whose session is decided at another server than the one that holds them: both ends of each. */
export class Pipes {
  readonly #options: PipesOptions;
  /** Sockets that this server holds, by their number. */
  readonly #carried = new Map<number, Carried>();
  /** Those that others hold, by their server and number. */
  readonly #seated = new Map<string, Map<number, Seated>>();
  #next = 1;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** A frame that goes to several sockets of a server goes there once. */
  #last: { server: string; frame: Uint8Array; sockets: number[] } | undefined;

  constructor(options: PipesOptions) {
    this.#options = options;
  }

  /** Servers to which sockets here, or from which sockets there, belong. */
  get servers(): Set<string> {
    return new Set([...[...this.#carried.values()].map(({ server }) => server), ...this.#seated.keys()]);
  }

  /** Sockets that are held here and decided elsewhere, and the other way round. */
  get counts(): { carried: number; seated: number } {
    const seated = [...this.#seated.values()].reduce((sum, { size }) => sum + size, 0);
    return { carried: this.#carried.size, seated };
  }

  carry({ server, sessionId }: Place, role: Role, socket: CarriedEnd): Carriage {
    const number = this.#next++ >>> 0;
    this.#carried.set(number, { server, socket, given: 0 });
    this.#timer ??= setInterval(() => this.#tellTaken(), TAKEN_MS).unref();
    this.#tell(server, { open: number, session: sessionId, role });
    return {
      up: (data) => {
        if (this.#carried.has(number)) this.#options.send(server, { kind: "up", socket: number, data });
      },
      end: () => {
        if (this.#carried.delete(number)) this.#tell(server, { gone: number });
      },
    };
  }

  /** What came over a socket that another server holds. */
  up(server: string, number: number, data: string | Uint8Array): void {
    const seated = this.#seated.get(server)?.get(number);
    if (typeof data === "string") seated?.connection.text(data);
    else seated?.connection.frame(data);
  }

  /** What the server that decides has for sockets here. */
  down(server: string, numbers: readonly number[], data: string | Uint8Array): void {
    for (const number of numbers) {
      const carried = this.#carried.get(number);
      if (carried?.server !== server) continue;
      carried.given += data.length;
      carried.socket.down(data);
      if (carried.given > TAKEN_BYTES) this.#tellTakenOf(number, carried);
    }
  }

  hear(server: string, word: SocketWord): void {
    if ("open" in word) this.#open(server, word);
    else if ("gone" in word) this.#gone(server, word.gone);
    else if ("taken" in word) this.#seated.get(server)?.get(word.taken)?.link.taken(word.bytes);
    else this.#close(server, word);
  }

  /** Nothing is known any more of what went to and from a server; undefined: all of them. */
  broken(server: string | undefined): void {
    this.#last = undefined;
    const froms = server === undefined ? [...this.#seated.keys()] : [server];
    for (const from of froms) {
      const seated = [...(this.#seated.get(from)?.values() ?? [])];
      this.#seated.delete(from);
      for (const { connection } of seated) connection.ended();
    }
    for (const [number, carried] of [...this.#carried]) {
      if (server !== undefined && carried.server !== server) continue;
      this.#carried.delete(number);
      carried.socket.close(SocketClose.shuttingDown, "come back");
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tell(server: string, word: SocketWord): void {
    this.#last = undefined;
    this.#options.send(server, { kind: "json", value: word });
  }

  #open(server: string, { open, session, role }: Extract<SocketWord, { open: number }>): void {
    if (!this.#options.has(session)) {
      this.#tell(server, { close: open, code: SocketClose.shuttingDown, reason: "elsewhere" });
      return;
    }
    const ofServer = this.#seated.get(server) ?? new Map<number, Seated>();
    this.#seated.set(server, ofServer);
    const link = new DistantLink({
      text: (text) => this.#down(server, open, text),
      frame: (frame) => this.#down(server, open, frame),
      close: (code, reason) => {
        ofServer.delete(open);
        this.#tell(server, { close: open, code, reason });
      },
    });
    ofServer.set(open, { link, connection: this.#options.seat(link, role) });
  }

  #down(server: string, socket: number, data: string | Uint8Array): void {
    const last = this.#last;
    if (last && last.server === server && last.frame === data) {
      last.sockets.push(socket);
      return;
    }
    this.#last = undefined;
    if (typeof data === "string") {
      this.#options.send(server, { kind: "down", sockets: [socket], data });
      return;
    }
    const frame = { server, frame: data, sockets: [socket] };
    this.#last = frame;
    // Whoever else gets this frame gets it in the same turn.
    queueMicrotask(() => {
      if (this.#last === frame) this.#last = undefined;
    });
    this.#options.send(server, { kind: "down", sockets: frame.sockets, data });
  }

  #gone(server: string, number: number): void {
    const ofServer = this.#seated.get(server);
    const seated = ofServer?.get(number);
    ofServer?.delete(number);
    if (ofServer?.size === 0) this.#seated.delete(server);
    seated?.connection.ended();
  }

  #close(server: string, { close, code, reason }: Extract<SocketWord, { close: number }>): void {
    const carried = this.#carried.get(close);
    if (carried?.server !== server) return;
    this.#carried.delete(close);
    carried.socket.close(code, reason);
  }

  #tellTaken(): void {
    for (const [number, carried] of this.#carried) if (carried.given > 0) this.#tellTakenOf(number, carried);
  }

  #tellTakenOf(number: number, carried: Carried): void {
    const bytes = Math.max(0, carried.given - carried.socket.buffered);
    if (bytes === 0) return;
    carried.given -= bytes;
    this.#tell(carried.server, { taken: number, bytes });
  }
}

interface DistantSocket {
  text(text: string): void;
  frame(frame: Uint8Array): void;
  close(code: SocketClose, reason: string): void;
}

/** A socket that another server holds, as the relay uses it. */
class DistantLink implements Link {
  readonly #to: DistantSocket;
  #buffered = 0;

  constructor(to: DistantSocket) {
    this.#to = to;
  }

  /** What was sent and is not known to be taken: what is on the way counts, too. */
  get buffered(): number {
    return this.#buffered;
  }

  taken(bytes: number): void {
    this.#buffered = Math.max(0, this.#buffered - bytes);
  }

  sendText(text: string): void {
    this.#buffered += text.length;
    this.#to.text(text);
  }

  sendFrame(frame: Uint8Array): void {
    this.#buffered += frame.length;
    this.#to.frame(frame);
  }

  close(code: SocketClose, reason: string): void {
    this.#to.close(code, reason);
  }
}
