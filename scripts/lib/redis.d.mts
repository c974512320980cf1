import type { ChildProcess } from "node:child_process";

/** Finds a Redis for the tests or starts one. Throws when neither is possible. */
export function ensureRedis(): Promise<{ url: string; stop(): void }>;
/** The program of the system's package. Throws when there is none and none can be installed. */
export function redisProgram(): Promise<string>;
/** A Redis of the caller's own. */
export function startRedis(options?: {
  port?: number;
  args?: string[];
}): Promise<{ url: string; port: number; child: ChildProcess; end(): Promise<void> }>;
