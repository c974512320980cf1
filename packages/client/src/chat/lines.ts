import * as limits from "@copane/protocol/limits";
import type { ChatLine } from "./wire.ts";

/** Lines of a talk in their order; bounded, and each one once. */
export class ChatLines {
  #lines: readonly ChatLine[] = [];

  get all(): readonly ChatLine[] {
    return this.#lines;
  }

  /** Adds what is new; false when nothing was. */
  add(lines: readonly ChatLine[]): boolean {
    const fresh = lines.filter(({ id }) => !this.#lines.some((line) => line.id === id));
    if (fresh.length === 0) return false;
    this.#lines = [...this.#lines, ...fresh].slice(-limits.chatLines);
    return true;
  }
}

/** Lines cut into as few payloads as fit into frames. */
export function* batches(lines: readonly ChatLine[]): Generator<ChatLine[]> {
  // A character takes three bytes at most, or six when JSON writes it as an escape; names and ids besides.
  const size = ({ text, name }: ChatLine) => 6 * (text.length + name.length) + 200;
  let batch: ChatLine[] = [];
  let bytes = 0;
  for (const line of lines) {
    if (batch.length > 0 && bytes + size(line) > limits.talkBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size(line);
  }
  if (batch.length > 0) yield batch;
}

/** An id that no other line of the same writer has. */
export function newLineId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return btoa(String.fromCharCode(...bytes));
}
