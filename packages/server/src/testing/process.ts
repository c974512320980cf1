import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TestStore } from "../store/testing.ts";

/** The real server in a process of its own. */
export interface ServerProcess {
  child: ChildProcess;
  base: string;
  /** Ends it; gives the code it ended with, null after a kill. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
}

/** Starts it as `copane serve` does; resolves when it listens. */
export async function startServer(
  { config }: TestStore,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const cli = fileURLToPath(new URL("../cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=copane-source", "--import", "tsx", cli, "serve"], {
    env: {
      ...process.env,
      PORT: "0",
      COPANE_LOG_LEVEL: "silent",
      COPANE_REQUESTS_PER_MINUTE: "1000000",
      COPANE_MAX_WAITING: "1000000",
      COPANE_DATA_DIR: config.dataDir,
      DATABASE_URL: config.databaseUrl,
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (data: Buffer) => {
      const address = /listens on (\S+)/.exec(data.toString())?.[1];
      if (address) resolve(address);
    });
    child.once("exit", () => reject(new Error("the server ended before it listened")));
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    child,
    base,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
