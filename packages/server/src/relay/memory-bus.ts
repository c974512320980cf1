import type { Bus, BusLine, Parcel } from "./bus.ts";

type Hear = (parcel: Parcel) => void;

/** The bus within one process. A server that is alone has nobody else on it, so that nothing is sent. */
export class MemoryBus implements Bus {
  readonly #lines = new Map<string, Set<Hear>>();

  open(sessionId: string, hear: Hear): BusLine {
    const lines = this.#lines.get(sessionId) ?? new Set();
    this.#lines.set(sessionId, lines);
    lines.add(hear);
    return {
      publish: (parcel) => {
        for (const other of lines) if (other !== hear) other(parcel);
      },
      close: () => {
        lines.delete(hear);
        if (lines.size === 0 && this.#lines.get(sessionId) === lines) this.#lines.delete(sessionId);
      },
    };
  }
}
