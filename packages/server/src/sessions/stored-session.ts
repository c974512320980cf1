import type { SessionRecord } from "../rules/index.ts";
import type { AuditEvent } from "./audit-entry.ts";
import type { Answerable } from "./waiting.ts";

/** An event that not all who keep events have stored yet. */
export interface UnkeptEvent {
  /** Its number among all events of the session, whichever server it happened at; see `AuditEntry.serial`. */
  readonly serial: number;
  readonly event: AuditEvent;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by?: number;
  readonly detail?: string;
}

/** All that a server needs to go on with a session that another one, or an earlier start of it, began. */
export interface StoredSession {
  readonly record: SessionRecord;
  /** Hashes of the tokens that stand for seats in it, with the participants' numbers. */
  readonly seats: readonly (readonly [tokenHash: string, number: number])[];
  readonly unkept: readonly UnkeptEvent[];
  /** Who answers for it as long as it waits for its other side, by hashed names. Earlier versions do not store it. */
  readonly who?: Answerable;
  /** Counts how often the session was taken up: what an earlier holder still writes is refused by it. */
  readonly fence: number;
  /** Counts its changes at one holder. */
  readonly version: number;
}

/**
 * The shape of what is stored. Whoever changes `SessionRecord`, or what is here, so that an earlier text does not read
 * as a new one adds a step to `upgrades` and counts up.
 */
export const STORED_FORMAT = 1;

/** Each makes a document of its format (first: 1) into one of the next. */
const upgrades: readonly ((document: Document) => Document)[] = [];

type Document = Pick<StoredSession, "record" | "seats" | "unkept" | "who">;

/** A session as text of format `STORED_FORMAT`. */
export function encodeStored({ record, seats, unkept, who }: StoredSession): string {
  return JSON.stringify({ record, seats, unkept, ...(who ? { who } : {}) } satisfies Document);
}

/** Reads what this version or an earlier one wrote. Throws for a newer format. */
export function decodeStored(format: number, text: string): Document {
  if (format > STORED_FORMAT) {
    throw new Error(
      `Live sessions are stored in format ${format}, this version knows ${STORED_FORMAT}. Start the newer version.`,
    );
  }
  return upgrades.slice(format - 1).reduce((document, upgrade) => upgrade(document), JSON.parse(text));
}
