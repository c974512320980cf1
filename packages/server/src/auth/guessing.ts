import { CataloguedError } from "@copane/protocol";
import { Allowance } from "./allowance.ts";
import { type Network, networksOf } from "./network-of.ts";
import type { OpenSharedAllowance, SharedAllowance, Taken } from "./shared-allowance.ts";

/**
 * Wrong keys that a network may try: 20 in the first hour, 5 in each later one. After a day without a window it
 * is a new one. Four million networks are kept in mind, in 50 MB that are used as they come.
 */
const strangers = { first: 20, later: 5, windowS: 3_600, forgetS: 86_400, records: 2 ** 22 };
/** An agent types keys all day, and is known by name. */
const agents = { first: 5, later: 5, windowS: 300, forgetS: 300, records: 2 ** 14 };
/** Networks of strangers that servers together keep in mind; see `docs/operations.md` for the memory. */
const SHARED_STRANGERS = 2 ** 20;

/** Who tries a secret: an agent who has signed in, or somebody at an address. */
export type Guesser = { agentId: string } | { address: string };

export interface GuessLimiterOptions {
  /** Milliseconds since 1970. */
  clock?: () => number;
  /** Where several servers count together. */
  shared?: OpenSharedAllowance | undefined;
}

/** What may be spent at this server, and at all together. */
interface Purse {
  own: Allowance;
  shared: SharedAllowance | undefined;
}

/**
 * Limits guessing at keys. A wrong guess costs the network it came from, and nobody else: there is no lock for all.
 * Agents have an allowance of their own, which no stranger can spend. Servers that work together count together; each
 * counts by itself besides, so that none lets through more than it would alone when what they share is away or lost.
 */
export class GuessLimiter {
  readonly #strangers: Purse;
  readonly #agents: Purse;
  /** Guesses whose outcome is not known yet, by network: many at once must not all pass. */
  readonly #underWay = new Map<string, number>();

  constructor({ clock = Date.now, shared }: GuessLimiterOptions = {}) {
    this.#strangers = {
      own: new Allowance({ ...strangers, clock }),
      shared: shared?.("guesses", strangers, SHARED_STRANGERS),
    };
    this.#agents = {
      own: new Allowance({ ...agents, clock }),
      shared: shared?.("agents-guesses", agents, agents.records),
    };
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
    const { own, shared } = known ? this.#agents : this.#strangers;
    const whose = known ? [{ name: guesser.agentId, times: 1 }] : networksOf(guesser.address);
    const networks = whose.map(({ name, times }) => ({
      name: `${known ? "agent" : "network"} ${secret} ${name}`,
      times,
    }));
    this.#check(own, networks);
    this.#begin(networks);
    let taken: Taken | undefined;
    try {
      // Spent before the outcome is known: many at once, at whatever servers, must not all pass.
      taken = await shared?.take(networks);
      if (taken?.granted === false)
        throw new CataloguedError("PASSPHRASE_GUESSING", { retryAfter: taken.wait });
      const done = await attempt();
      if (taken) taken.giveBack();
      return done;
    } catch (error) {
      if (isWrong(error)) own.spend(networks);
      else if (taken?.granted) taken.giveBack();
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
