import { decodePacket, encodePacket, encodeParcel, type Packet, type Parcel } from "./packet.ts";
import type { Redis } from "./redis.ts";

/** Bytes on their way to one server, not yet taken by Redis; more, and the way is broken. */
const MOST_UNDER_WAY = 32 * 1024 * 1024;
export interface LineOptions {
  redis: Pick<Redis, "publish" | "subscribe" | "unsubscribe" | "onChange">;
  log: { warn(data: object, message: string): void };
  /** Parcels of another server, in order. */
  hear(from: string, parcel: Parcel): void;
  /** Something of what `server` and this one told each other was lost, or may have been; undefined: with all. */
  broken(server: string | undefined): void;
}

/** The way to one other server. */
interface Way {
  parcels: Parcel[];
  /** Bytes on their way. */
  underWay: number;
  next: number;
  /** What waits goes out at the end of this turn; gives whether the server listens. */
  sending: Promise<boolean> | undefined;
}

/**
 * The line between servers: each has one channel in Redis, on which all that others tell it comes. What goes to one
 * server in the same turn goes in one packet. Packets are numbered, so that one that was lost is noticed.
 */
export class ServerLine {
  readonly #options: LineOptions;
  readonly #ways = new Map<string, Way>();
  /** The number of the next packet from each server. */
  readonly #expected = new Map<string, number>();
  #name = "";

  constructor(options: LineOptions) {
    this.#options = options;
    options.redis.onChange((connected) => {
      // What was published without us is lost.
      if (!connected) this.#broken(undefined);
    });
  }

  /** Listens under this name from here on, and no more under the one before. */
  async open(name: string): Promise<void> {
    const { redis } = this.#options;
    if (this.#name) await redis.unsubscribe(channel(this.#name));
    this.#name = name;
    this.#ways.clear();
    this.#expected.clear();
    await redis.subscribe(channel(name), (bytes) => this.#hear(name, bytes));
  }

  /**
   * Sends a parcel; what is sent to one server comes there in order, or the way there breaks. Gives whether the server
   * listens. Until the turn ends more sockets may be added to it.
   */
  send(server: string, parcel: Parcel): Promise<boolean> {
    const way = this.#way(server);
    way.parcels.push(parcel);
    way.sending ??= new Promise((resolve) => setImmediate(() => resolve(this.#flush(server, way))));
    return way.sending;
  }

  /** A server is no more. */
  forget(server: string): void {
    this.#ways.delete(server);
    this.#expected.delete(server);
  }

  #way(server: string): Way {
    let way = this.#ways.get(server);
    if (!way) {
      way = { parcels: [], underWay: 0, next: 0, sending: undefined };
      this.#ways.set(server, way);
    }
    return way;
  }

  async #flush(server: string, way: Way): Promise<boolean> {
    way.sending = undefined;
    const packet = encodePacket(this.#name, way.next++, way.parcels.map(encodeParcel));
    way.parcels = [];
    if (way.underWay + packet.length > MOST_UNDER_WAY) {
      this.#broken(server);
      return false;
    }
    way.underWay += packet.length;
    const heard = await this.#options.redis.publish(channel(server), packet).catch(() => 0);
    way.underWay -= packet.length;
    if (heard === 0 && this.#ways.get(server) === way) this.#broken(server);
    return heard > 0;
  }

  #hear(name: string, bytes: Buffer): void {
    if (name !== this.#name) return;
    let packet: Packet;
    try {
      packet = decodePacket(bytes);
    } catch (error) {
      this.#options.log.warn({ reason: (error as Error).message }, "a packet that cannot be read");
      return;
    }
    const { from, number, parcels } = packet;
    const expected = this.#expected.get(from) ?? 0;
    this.#expected.set(from, (number + 1) >>> 0);
    if (number !== expected) this.#options.broken(from);
    for (const parcel of parcels) this.#options.hear(from, parcel);
  }

  #broken(server: string | undefined): void {
    if (server === undefined) this.#ways.clear();
    else this.#ways.delete(server);
    this.#options.broken(server);
  }
}

function channel(server: string): string {
  return `copane:to:${server}`;
}
