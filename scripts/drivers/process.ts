import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** A browser that does not start within this time does not start at all, in milliseconds. */
const START_MS = 60_000;

/** Browsers that still run. */
const running = new Set<ChildProcess>();

// Whoever ends without a word leaves none behind.
process.on("exit", () => {
  for (const child of running) child.kill();
});

/** Keeps a process in mind until it ends: it ends with ours at the latest. */
export function keepEnding(child: ChildProcess): void {
  running.add(child);
  child.once("exit", () => running.delete(child));
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
