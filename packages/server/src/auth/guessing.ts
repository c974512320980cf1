import { CataloguedError } from "@copane/protocol";
import { Allowance } from "./allowance.ts";
import { type Network, networksOf } from "./network-of.ts";

/**
 * Wrong keys that a network may try: 20 in the first hour, 5 in each later one. After a day without a window it
 * is a new one. Four million networks are kept in mind, in 50 MB that are used as they come.
 */
const strangers = { first: 20, later: 5, windowS: 3_600, forgetS: 86_400, records: 2 ** 22 };
/** An agent types keys all day, and is known by name. */
const agents = { first: 5, later: 5, windowS: 300, forgetS: 300, records: 2 ** 14 };

/** Who tries a secret: an agent who has signed in, or somebody at an address. */
export type Guesser = { agentId: string } | { address: string };

/**
 * Limits guessing at keys. A wrong guess costs the network it came from, and nobody else: there is no lock for all.
 * Agents have an allowance of their own, which no stranger can spend.
 */
export class GuessLimiter {
  readonly #strangers: Allowance;
  readonly #agents: Allowance;
  /** Guesses whose outcome is not known yet, by network: many at once must not all pass. */
  readonly #underWay = new Map<string, number>();

  constructor(clock: () => number = Date.now) {
    this.#strangers = new Allowance({ ...strangers, clock });
    this.#agents = new Allowance({ ...agents, clock });
  }

  /**
   * Runs what tries a secret. `isWrong` says of its error whether the secret was at fault: only that costs.
   * Throws PASSPHRASE_GUESSING, without trying, where nothing is left.
   * @param secret keys and the development sign-in do not share an allowance
   */
  async guess<T>(
    secret: "key" | "sign-in",
    guesser: Guesser,
    attempt: () => Promise<T>,
    isWrong: (error: unknown) => boolean,
  ): Promise<T> {
    const known = "agentId" in guesser;
    const allowance = known ? this.#agents : this.#strangers;
    const whose = known ? [{ name: guesser.agentId, times: 1 }] : networksOf(guesser.address);
    const networks = whose.map(({ name, times }) => ({
      name: `${known ? "agent" : "network"} ${secret} ${name}`,
      times,
    }));
    this.#check(allowance, networks);
    this.#begin(networks);
    try {
      return await attempt();
    } catch (error) {
      if (isWrong(error)) allowance.spend(networks);
      throw error;
    } finally {
      this.#end(networks);
    }
  }

  #check(allowance: Allowance, networks: readonly Network[]): void {
    for (const network of networks) {
      const left = allowance.left([network]);
      if (left > (this.#underWay.get(network.name) ?? 0)) continue;
      // The others' outcome is known in a moment.
      const retryAfter = left > 0 ? 1 : allowance.wait(networks);
      throw new CataloguedError("PASSPHRASE_GUESSING", { retryAfter });
    }
  }

  #begin(networks: readonly Network[]): void {
    for (const { name } of networks) this.#underWay.set(name, (this.#underWay.get(name) ?? 0) + 1);
  }

  #end(networks: readonly Network[]): void {
    for (const { name } of networks) {
      const others = (this.#underWay.get(name) ?? 1) - 1;
      if (others > 0) this.#underWay.set(name, others);
      else this.#underWay.delete(name);
    }
  }
}
