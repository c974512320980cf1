import type { Browser } from "playwright-core";
import type { Stack } from "../support/stack.ts";

/** Who attacks. */
export type Attacker = "customer" | "agent" | "site" | "network" | "stranger";

export interface AttackContext {
  readonly browser: Browser;
  /** A server that lets every origin in, with the sample site. Attacks that need another start their own. */
  readonly stack: Stack;
}

export interface AttackResult {
  /** What was tried. */
  readonly tries: number;
  /** What got through, each so that it can be tried again. */
  readonly through: readonly string[];
  /** A figure that is no failure: what was slowest, what only the second lock stopped. */
  readonly note?: string;
}

/** One row of the suite. `docs/security.md` names it by its name. */
export interface Attack {
  readonly name: string;
  readonly by: Attacker;
  /** What is attacked. */
  readonly target: string;
  /** How it is told whether the attack succeeded. */
  readonly judged: string;
  /** How much is tried: by `npm run attack`, and by the tests (0: nothing). What it means is the row's. */
  readonly full: number;
  readonly bounded: number;
  run(context: AttackContext, most: number): Promise<AttackResult>;
}
