import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../scripts/lib/free-port.mjs";
import { type Stack, serveSites, signInCode } from "./stack.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The built server in a process of its own, on a port and a data folder that its next start takes again. */
export interface ProcessStack extends Stack {
  /** `kill -9`: the server is gone at once. */
  kill(): Promise<void>;
  /** SIGTERM: it stops in order. Gives the code it ended with. */
  stop(): Promise<number | null>;
  /** Starts it again, on the same port and data folder; with other settings besides. */
  start(env?: Record<string, string>): Promise<void>;
}

/** @param env settings besides those that every test needs */
export async function startProcessStack(env: Record<string, string> = {}): Promise<ProcessStack> {
  const dataDir = mkdtempSync(join(tmpdir(), "copane-e2e-"));
  const port = await freePort();
  const { close, ...sites } = await serveSites();
  const settings = {
    PORT: String(port),
    COPANE_DATA_DIR: dataDir,
    COPANE_LOG_LEVEL: "error",
    COPANE_ALLOWED_ORIGINS: "*",
    COPANE_DEV_SIGN_IN: "true",
    COPANE_DEV_SIGN_IN_CODE: signInCode,
    COPANE_REQUESTS_PER_MINUTE: "100000",
    ...env,
  };
  let child = await startServer(settings);
  const end = async (signal: "SIGKILL" | "SIGTERM"): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return ended;
  };
  return {
    server: `http://127.0.0.1:${port}`,
    agentServer: `http://127.0.0.1:${port}`,
    ...sites,
    kill: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
    start: async (more) => {
      child = await startServer({ ...settings, ...more });
    },
    close: async () => {
      await close();
      await end("SIGKILL");
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves when the server listens. */
async function startServer(settings: Record<string, string>): Promise<ChildProcess> {
  // Settings of the tests are none that the server knows.
  const { COPANE_BROWSER: _browser, COPANE_AGENT_BROWSER: _agents, ...env } = process.env;
  const child = spawn(process.execPath, [`${root}packages/server/dist/cli.js`, "serve"], {
    env: { ...env, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => {
      if (data.toString().includes("listens on")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
  return child;
}
