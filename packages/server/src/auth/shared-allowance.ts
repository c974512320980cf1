import type { Network } from "./network-of.ts";

/** How much a network may spend; see `AllowanceOptions`. */
export interface AllowanceLimits {
  first: number;
  later: number;
  windowS: number;
  forgetS: number;
}

export type Taken =
  | { granted: true; giveBack(): void }
  /** Seconds until something is left. */
  | { granted: false; wait: number };

/** What networks have spent at all servers that work together. */
export interface SharedAllowance {
  /**
   * Spends for all of these networks, if each has something left. They are those of one asker, the widest last.
   * Undefined when that cannot be asked now: what each server knows by itself counts then.
   */
  take(networks: readonly Network[]): Promise<Taken | undefined>;
}

/** Opens what is counted together under a name. `records`: networks that are kept in mind, at least. */
export type OpenSharedAllowance = (name: string, limits: AllowanceLimits, records: number) => SharedAllowance;
