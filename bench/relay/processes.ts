import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A process whose work is measured. */
export interface Measured {
  pid: number;
  kill(): Promise<void>;
}

/** A server that speaks HTTP. */
export interface Server extends Measured {
  /** `http://…` */
  base: string;
}

export const signInCode = "bench-only-code";

/** What every server of a measurement is told. */
const settings = {
  PORT: "0",
  COPANE_LOG_LEVEL: "silent",
  COPANE_DEV_SIGN_IN: "true",
  COPANE_DEV_SIGN_IN_CODE: signInCode,
  // All sessions come from one address here.
  COPANE_REQUESTS_PER_MINUTE: "1000000",
  COPANE_MAX_WAITING: "100000",
  COPANE_MAX_SOCKETS: "100000",
};

/** The built server. Another build is measured by its `dist/cli.js`. */
export function startCopane(cli: string, env: Record<string, string>): Promise<Server> {
  return start([cli, "serve"], { ...settings, ...env });
}

/** A relay that is nothing but `ws`. */
export function startBare(): Promise<Server> {
  return start([fileURLToPath(new URL("bare.mjs", import.meta.url))], {});
}

async function start(args: string[], env: Record<string, string>): Promise<Server> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => {
      const address = /listens on (\S+)/.exec(data.toString())?.[1];
      if (address) resolve(address);
    });
    child.once("exit", () => reject(new Error("a server ended before it listened")));
  });
  return {
    base,
    pid: child.pid as number,
    kill: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

/** User and system time of processes so far, in milliseconds, with all their threads. */
export function cpuMs(processes: readonly { pid: number }[]): number {
  return processes.reduce((sum, { pid }) => {
    const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const [user, system] = fields.split(" ").slice(11, 13).map(Number) as [number, number];
    // Linux counts in hundredths of a second.
    return sum + (user + system) * 10;
  }, 0);
}

/** Memory that is resident, in KB. */
export function residentKb({ pid }: Measured): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
