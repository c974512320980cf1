import { CataloguedError, CUSTOMER_NUMBER, type Role } from "@copane/protocol";
import type { Directory, KeyKind, Seat } from "./directory.ts";
import { hashToken, newDigits, newToken } from "./secrets.ts";
import type { SeatEntry } from "./session-context.ts";

/** Who may come in and who is in: keys to join by, and the tokens that stand for a seat in a session. */
export class Seats {
  readonly #directory: Directory;
  readonly #keyDigits: () => number;

  /** @param keyDigits how many digits a new key has */
  constructor(directory: Directory, keyDigits: () => number) {
    this.#directory = directory;
    this.#keyDigits = keyDigits;
  }

  /** A new token, and what stands for it in the session and its directory. */
  newSeat(number: number): { token: string; seat: SeatEntry } {
    const token = newToken();
    return { token, seat: [hashToken(token), number] };
  }

  /** From here on the token finds its session. */
  async open(sessionId: string, [tokenHash, number]: SeatEntry): Promise<void> {
    await this.#directory.addSeat(tokenHash, { sessionId, number });
  }

  /** Whom a token stands for; undefined when it is nobody's. */
  find(token: string): Promise<Seat | undefined> {
    return this.#directory.seat(hashToken(token));
  }

  /** Whom a token stands for. Throws TOKEN_INVALID, or WRONG_ROLE for the other side's. */
  async of(token: string, role: Role): Promise<Seat> {
    const seat = await this.find(token);
    if (!seat) throw new CataloguedError("TOKEN_INVALID");
    if ((seat.number === CUSTOMER_NUMBER ? "customer" : "agent") !== role)
      throw new CataloguedError("WRONG_ROLE");
    return seat;
  }

  /** Gives a reference to a session. Rejects with REFERENCE_TAKEN while it is another one's. */
  async claim(reference: string, sessionId: string): Promise<void> {
    if (!(await this.#directory.claim("reference", reference, sessionId)))
      throw new CataloguedError("REFERENCE_TAKEN", { field: "reference" });
  }

  /** Takes a reference back that came to nothing. */
  async release(reference: string): Promise<void> {
    await this.#directory.release("reference", reference);
  }

  /** Digits that join this session and no other. */
  async newKey(kind: KeyKind, sessionId: string): Promise<string> {
    for (;;) {
      const digits = newDigits(this.#keyDigits());
      if (await this.#directory.claim(kind, digits, sessionId)) return digits;
    }
  }
}
