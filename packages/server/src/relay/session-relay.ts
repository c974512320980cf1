import { CUSTOMER_NUMBER, type ServerMessage, SocketClose, setPeer } from "@copane/protocol";
import type { Bus, BusLine, Parcel, RelayedFrame } from "./bus.ts";
import type { Peer } from "./peer.ts";
import { Viewers } from "./viewers.ts";

/**
 * The peers of one session, and the frames between them. Works by headers and the table of frames alone. Peers that are
 * connected to another server are reached by the bus; who is there is known by what their servers tell.
 */
export class SessionRelay {
  readonly #maxQueueBytes: number;
  readonly #line: BusLine;
  readonly #viewers: Viewers;
  #customer: Peer | undefined;
  /** Numbers of those who are connected to another server. */
  readonly #elsewhere = new Set<number>();

  constructor(sessionId: string, bus: Bus, maxQueueBytes: number) {
    this.#maxQueueBytes = maxQueueBytes;
    this.#viewers = new Viewers(maxQueueBytes, (number) =>
      this.#tellCustomer({ t: "mirror.resync", viewer: number }),
    );
    this.#line = bus.open(sessionId, (parcel) => this.#hear(parcel));
    this.#line.publish({ t: "who" });
  }

  /** Whether nobody is connected here. */
  get empty(): boolean {
    return this.#customer === undefined && this.#viewers.empty;
  }

  /** The customer's connection, if it is here. */
  get customer(): Peer | undefined {
    return this.#customer;
  }

  /** Takes a participant's new connection in; the one it had before is told to go. */
  enter(number: number, peer: Peer): void {
    const before = this.#replaced(number);
    this.#line.publish({ t: "came", number });
    if (number === CUSTOMER_NUMBER) {
      this.#customer = peer;
      this.#viewers.needKeyframe();
      peer.send({ t: "mirror.wanted", wanted: this.#watched });
    } else {
      const first = !this.#watched;
      this.#viewers.add(number, peer);
      this.#viewerCame(number, first);
    }
    // Last: as long as nobody is here the relay could be let go.
    before?.close(SocketClose.replaced, "continued elsewhere");
  }

  leave(number: number, peer: Peer): void {
    if (this.#customer === peer) this.#customer = undefined;
    else if (this.#viewers.remove(number, peer)) this.#viewerWent(number);
    else return;
    this.#line.publish({ t: "went", number });
  }

  /** Sends a participant's frame on. From agents it carries the sender's number from here on. */
  relay(frame: RelayedFrame, sender: number): void {
    if (frame.to !== "viewers") setPeer(frame.bytes, sender);
    this.#deliver(frame, sender);
    if (this.#elsewhere.size > 0) this.#line.publish({ t: "frame", frame, sender });
  }

  close(): void {
    this.#viewers.close();
    this.#line.close();
  }

  /** Whether anybody sees the customer's page. */
  get #watched(): boolean {
    const viewersElsewhere = this.#elsewhere.size - Number(this.#elsewhere.has(CUSTOMER_NUMBER));
    return !this.#viewers.empty || viewersElsewhere > 0;
  }

  #hear(parcel: Parcel): void {
    switch (parcel.t) {
      case "who":
        this.#line.publish({ t: "present", numbers: this.#numbers() });
        break;
      case "present":
        for (const number of parcel.numbers) if (!this.#elsewhere.has(number)) this.#cameElsewhere(number);
        break;
      case "came":
        this.#cameInstead(parcel.number);
        break;
      case "went":
        if (this.#elsewhere.delete(parcel.number)) this.#viewerWent(parcel.number);
        break;
      case "frame":
        this.#deliver(parcel.frame, parcel.sender);
        break;
      case "message":
        this.#peer(parcel.to)?.send(parcel.message);
        break;
    }
  }

  #numbers(): number[] {
    return [...(this.#customer ? [CUSTOMER_NUMBER] : []), ...this.#viewers.numbers];
  }

  #peer(number: number): Peer | undefined {
    return number === CUSTOMER_NUMBER ? this.#customer : this.#viewers.peer(number);
  }

  /** A participant has another connection now: gives the one that it had, which is over. */
  #replaced(number: number): Peer | undefined {
    this.#elsewhere.delete(number);
    const before = this.#peer(number);
    if (number === CUSTOMER_NUMBER) this.#customer = undefined;
    else if (before) this.#viewers.remove(number, before);
    return before;
  }

  #cameInstead(number: number): void {
    const before = this.#replaced(number);
    this.#cameElsewhere(number);
    before?.close(SocketClose.replaced, "continued elsewhere");
  }

  #cameElsewhere(number: number): void {
    const first = !this.#watched;
    this.#elsewhere.add(number);
    if (number === CUSTOMER_NUMBER) this.#viewers.needKeyframe();
    else this.#viewerCame(number, first);
  }

  #viewerCame(number: number, first: boolean): void {
    this.#customer?.send(
      first ? { t: "mirror.wanted", wanted: true } : { t: "mirror.resync", viewer: number },
    );
  }

  /** The page is told here and not by the session's events, which say nothing of silent viewers. */
  #viewerWent(number: number): void {
    this.#customer?.send(
      this.#watched ? { t: "mirror.left", viewer: number } : { t: "mirror.wanted", wanted: false },
    );
  }

  #tellCustomer(message: ServerMessage): void {
    if (this.#customer) this.#customer.send(message);
    else if (this.#elsewhere.has(CUSTOMER_NUMBER))
      this.#line.publish({ t: "message", to: CUSTOMER_NUMBER, message });
  }

  /** Gives a frame to those of its receivers who are connected here. */
  #deliver(frame: RelayedFrame, sender: number): void {
    switch (frame.to) {
      case "viewers":
        if (frame.row.waitsForKeyframe) this.#viewers.stream(frame);
        else this.#viewers.tell(frame);
        break;
      case "agents":
        this.#viewers.tell(frame, sender);
        break;
      case "customer":
        this.#toCustomer(frame.bytes);
        break;
    }
  }

  #toCustomer(bytes: Uint8Array): void {
    const customer = this.#customer;
    if (!customer) return;
    if (customer.buffered > this.#maxQueueBytes) customer.close(SocketClose.overloaded, "does not keep up");
    else customer.sendFrame(bytes);
  }
}
