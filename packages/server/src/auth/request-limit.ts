import { CataloguedError } from "@copane/protocol";
import { Allowance } from "./allowance.ts";
import { networksOf } from "./network-of.ts";

const MINUTE = { windowS: 60, forgetS: 60 };

/** How many requests a network may make in a minute, and somebody who is known, whatever network it is in. */
export class RequestLimit {
  readonly #strangers: Allowance;
  readonly #known: Allowance;

  constructor(perMinute: number) {
    const both = { ...MINUTE, first: perMinute, later: perMinute };
    this.#strangers = new Allowance({ ...both, records: 2 ** 20 });
    this.#known = new Allowance({ ...both, records: 2 ** 16 });
  }

  /**
   * Counts a request. `known` tells who makes it, if that can be told; it is asked only where the network has
   * nothing left. Throws RATE_LIMITED.
   */
  async take(address: string, known: () => Promise<string | undefined>): Promise<void> {
    const networks = networksOf(address);
    if (this.#strangers.left(networks) > 0) {
      this.#strangers.spend(networks);
      return;
    }
    const name = await known();
    const own = name === undefined ? [] : [{ name, times: 1 }];
    if (name === undefined || this.#known.left(own) <= 0) {
      const retryAfter = name === undefined ? this.#strangers.wait(networks) : this.#known.wait(own);
      throw new CataloguedError("RATE_LIMITED", { retryAfter });
    }
    this.#known.spend(own);
  }
}
