import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** A browser that does not start within this time does not start at all, in milliseconds. */
const START_MS = 60_000;

/**
 * Runs a program until its input ends, which it does with this process however that ends: test processes are killed.
 * The shell must not outlive the program either.
 */
const BOUND = `"$0" "$@" </dev/null 3<&- & program=$!
  trap 'kill $program 2>/dev/null; wait $program; exit' TERM
  { cat >/dev/null; kill -TERM $$; } <&3 &
  wait $program; code=$?; kill $! 2>/dev/null; exit $code`;

/** Starts a program that ends with this process at the latest; gives what it writes. */
export function startBound(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ChildProcess & { stdout: Readable; stderr: Readable } {
  const child = spawn("/bin/bash", ["-c", BOUND, command, ...args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env,
  });
  // Nobody may hold up the program by not reading.
  child.stdout?.resume();
  child.stderr?.resume();
  return child as ChildProcess & { stdout: Readable; stderr: Readable };
}

/** Waits until a process writes what `pattern` finds. Rejects when it ends before, or takes too long. */
export function said(child: ChildProcess, output: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = "";
    const fail = (why: string) => reject(new Error(`${child.spawnfile} ${why}\n${text}`));
    const timer = setTimeout(() => fail("does not start"), START_MS);
    child.once("error", ({ message }) => fail(message));
    child.once("exit", (code) => fail(`ended with ${code}`));
    output.on("data", (chunk: Buffer) => {
      text = (text + chunk).slice(-4_000);
      const found = pattern.exec(text);
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
}

/** Ends a process that we started, and waits until it has gone. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill();
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(timer);
}
