import { FrameFlag } from "@copane/protocol";
import { Inflater } from "./inflater.ts";

/** Gives the payloads of one epoch as capture wrote them. Each may need those before it. */
export class Unpacker {
  readonly #inflater = new Inflater();

  /**
   * @param payload of the next frame; where that is `compressed`, inflated already: the browser takes its time for it
   * @throws RangeError when it cannot be inflated
   */
  unpack(flags: number, payload: Uint8Array): Uint8Array {
    if (flags & FrameFlag.chained) return this.#inflater.inflate(payload).slice();
    if (flags & FrameFlag.compressed) this.#inflater.prime(payload);
    return payload;
  }
}
