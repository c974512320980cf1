import { CUSTOMER_NUMBER, SocketClose, setPeer } from "@copane/protocol";
import type { Peer } from "./peer.ts";
import type { RelayedFrame } from "./relayed-frame.ts";
import { Viewers } from "./viewers.ts";

/**
 * The peers of one session, and the frames between them. Works by headers and the table of frames alone. A session's
 * peers are all at the server that decides it: sockets that another one holds are carried there.
 */
export class SessionRelay {
  readonly #maxQueueBytes: number;
  readonly #viewers: Viewers;
  #customer: Peer | undefined;

  constructor(maxQueueBytes: number) {
    this.#maxQueueBytes = maxQueueBytes;
    this.#viewers = new Viewers(maxQueueBytes, (number) =>
      this.#customer?.send({ t: "mirror.resync", viewer: number }),
    );
  }

  /** Whether nobody is connected. */
  get empty(): boolean {
    return this.#customer === undefined && this.#viewers.empty;
  }

  get customer(): Peer | undefined {
    return this.#customer;
  }

  /** Takes a participant's new connection in; the one it had before is told to go. */
  enter(number: number, peer: Peer): void {
    const before = this.#replaced(number);
    if (number === CUSTOMER_NUMBER) {
      this.#customer = peer;
      this.#viewers.needKeyframe();
      peer.send({ t: "mirror.wanted", wanted: this.#watched });
    } else {
      const first = !this.#watched;
      this.#viewers.add(number, peer);
      this.#customer?.send(
        first ? { t: "mirror.wanted", wanted: true } : { t: "mirror.resync", viewer: number },
      );
    }
    // Last: as long as nobody is here the relay could be let go.
    before?.close(SocketClose.replaced, "continued elsewhere");
  }

  leave(number: number, peer: Peer): void {
    if (this.#customer === peer) this.#customer = undefined;
    else if (this.#viewers.remove(number, peer)) this.#viewerWent(number);
  }

  /** Sends a participant's frame on. From agents it carries the sender's number from here on. */
  relay(frame: RelayedFrame, sender: number): void {
    if (frame.to !== "viewers") setPeer(frame.bytes, sender);
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

  close(): void {
    this.#viewers.close();
  }

  /** Whether anybody sees the customer's page. */
  get #watched(): boolean {
    return !this.#viewers.empty;
  }

  /** A participant has another connection now: gives the one that it had, which is over. */
  #replaced(number: number): Peer | undefined {
    const before = number === CUSTOMER_NUMBER ? this.#customer : this.#viewers.peer(number);
    if (number === CUSTOMER_NUMBER) this.#customer = undefined;
    else if (before) this.#viewers.remove(number, before);
    return before;
  }

  /** The page is told here and not by the session's events, which say nothing of silent viewers. */
  #viewerWent(number: number): void {
    this.#customer?.send(
      this.#watched ? { t: "mirror.left", viewer: number } : { t: "mirror.wanted", wanted: false },
    );
  }

  #toCustomer(bytes: Uint8Array): void {
    const customer = this.#customer;
    if (!customer) return;
    if (customer.buffered > this.#maxQueueBytes) customer.close(SocketClose.overloaded, "does not keep up");
    else customer.sendFrame(bytes);
  }
}
