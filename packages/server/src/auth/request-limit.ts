import { CataloguedError } from "@copane/protocol";
import { Allowance } from "./allowance.ts";
import { type Network, networksOf } from "./network-of.ts";
import type { OpenSharedAllowance, SharedAllowance } from "./shared-allowance.ts";

const MINUTE = { windowS: 60, forgetS: 60 };

/** Networks that servers together keep in mind. */
const SHARED_STRANGERS = 2 ** 19;
const KNOWN = 2 ** 16;

/**
 * How many requests a network may make in a minute, and somebody who is known, whatever network it is in. Servers that
 * work together count together; none lets through more than it would alone.
 */
export class RequestLimit {
  readonly #strangers: Requests;
  readonly #known: Requests;

  constructor(perMinute: number, shared?: OpenSharedAllowance) {
    const both = { ...MINUTE, first: perMinute, later: perMinute };
    this.#strangers = new Requests(
      new Allowance({ ...both, records: 2 ** 20 }),
      shared?.("requests", both, SHARED_STRANGERS),
    );
    this.#known = new Requests(
      new Allowance({ ...both, records: KNOWN }),
      shared?.("known-requests", both, KNOWN),
    );
  }

  /**
   * Counts a request. `known` tells who makes it, if that can be told; it is asked only where the network has
   * nothing left. Throws RATE_LIMITED.
   */
  async take(address: string, known: () => Promise<string | undefined>): Promise<void> {
    const strangersWait = await this.#strangers.take(networksOf(address));
    if (strangersWait === 0) return;
    const name = await known();
    const retryAfter = name === undefined ? strangersWait : await this.#known.take([{ name, times: 1 }]);
    if (retryAfter > 0) throw new CataloguedError("RATE_LIMITED", { retryAfter });
  }
}

/** Requests of many, counted here and at all servers together. */
class Requests {
  readonly #own: Allowance;
  readonly #shared: SharedAllowance | undefined;

  constructor(own: Allowance, shared: SharedAllowance | undefined) {
    this.#own = own;
    this.#shared = shared;
  }

  /** Counts one; gives the seconds to wait where it is too much, else 0. */
  async take(networks: readonly Network[]): Promise<number> {
    if (this.#own.left(networks) <= 0) return this.#own.wait(networks);
    // Counted at once: many that wait for the others' word must not all pass where it does not come.
    this.#own.spend(networks);
    const taken = await this.#shared?.take(networks);
    return taken?.granted === false ? taken.wait : 0;
  }
}
