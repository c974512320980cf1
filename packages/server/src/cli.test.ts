import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../../../scripts/lib/free-port.mjs";
import { createServer } from "./app.ts";
import { AgentAuth } from "./auth/agent.ts";
import { signAgentToken } from "./auth/agent-token.ts";
import { loadConfig } from "./config/index.ts";
import { FakeAgent } from "./participants/index.ts";
import { stores } from "./store/testing.ts";

const secret = "geheim-geheim-geheim-geheim-geheim";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "copane-cli-"));
  folders.push(made);
  return made;
}

function start(args: string[], env: Record<string, string> = {}) {
  const cli = fileURLToPath(new URL("cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=copane-source", "--import", "tsx", cli, ...args], {
    env: { ...process.env, DATABASE_URL: "", COPANE_REDIS_URL: "", ...env },
  });
  const said = { out: "", error: "" };
  child.stdout.on("data", (data) => {
    said.out += data;
  });
  child.stderr.on("data", (data) => {
    said.error += data;
  });
  return { child, said };
}

async function run(args: string[], env: Record<string, string> = {}) {
  const { child, said } = start(args, env);
  const [code] = await once(child, "close");
  return { code, ...said };
}

test("whoever reads no further than the first lines of a list has read enough", async () => {
  const { child, said } = start(["keys"]);
  // As `head` does: closes what it reads from.
  child.stdout.destroy();
  const [code] = await once(child, "exit");
  expect([code, said.error]).toEqual([0, ""]);
});

test("a server on which nobody can be an agent says so at its start, however little it logs", async () => {
  const [, embedded] = stores[0];
  const { config, drop } = await embedded();
  const { child, said } = start(["serve"], {
    PORT: "0",
    COPANE_DATA_DIR: config.dataDir,
    COPANE_LOG_LEVEL: "silent",
  });
  const told = new Promise<void>((resolve) => {
    child.stderr.on("data", () => said.error.includes("docs/configuration.md") && resolve());
  });
  await Promise.race([told, once(child, "exit")]);
  child.kill("SIGTERM");
  await once(child, "exit");
  await drop();
  expect(said.error).toMatch(/^WARNING: nobody can be an agent at this server/m);
});

test("check: a server that would work", async () => {
  const env = { PORT: String(await freePort()), COPANE_DATA_DIR: folder(), COPANE_JWT_SECRET: secret };
  const { code, out, error } = await run(["check"], env);
  expect(out).toMatch(/^ok {6}configuration: .*\nok {6}agents: [\s\S]*Problems: 0, warnings: \d+\.\n$/);
  expect([code, error]).toEqual([0, ""]);
  expect(out).not.toContain("geheim");
});

test("check: problems, each with how it is mended, for machines too", async () => {
  const env = { PORT: String(await freePort()), COPANE_DATA_DIR: folder() };
  const text = await run(["check"], env);
  expect(text.code).toBe(1);
  expect(text.out).toMatch(/^PROBLEM agents: NOBODY CAN BE AN AGENT.*\n {8}-> Set COPANE_JWT_SECRET/m);
  const json = await run(["check", "--json"], env);
  expect(json.code).toBe(1);
  const { ok, findings } = JSON.parse(json.out);
  expect(ok).toBe(false);
  expect(findings[1]).toMatchObject({ about: "agents", level: "problem", mend: expect.any(String) });
});

test("check: settings that cannot be used are named, and no secret among them is", async () => {
  const file = join(folder(), "copane.json");
  writeFileSync(file, `{ "jwtSecret": ${secret} }`);
  const env = { COPANE_CONFIG: file, COPANE_JWT_SECRT: secret, PORT: "eighty", COPANE_DEV_SIGN_IN: secret };
  const { code, out, error } = await run(["check"], env);
  expect(code).toBe(1);
  expect(out).toMatch(/PROBLEM configuration: COPANE_JWT_SECRT .*\n(.*\n)*PROBLEM configuration: PORT: /);
  expect(out).toMatch(/copane\.json is not JSON/);
  expect(out + error).not.toContain("geheim");
});

test("token: it alone is on standard output, and the server takes it", async () => {
  const env = { COPANE_JWT_SECRET: secret };
  const args = ["token", "--name", "Robin", "--id", "r1", "--role", "supervisor", "--minutes", "5"];
  const { code, out, error } = await run(args, env);
  expect(code).toBe(0);
  const identity = await new AgentAuth(loadConfig(env)).identify(out.trim());
  expect(identity).toEqual({ agentId: "r1", name: "Robin", role: "supervisor" });
  expect(error).toContain("session.oversee");
  const none = await run(["token"], { COPANE_JWKS_URL: "https://id.example.com/keys" });
  expect([none.code, none.out]).toEqual([1, ""]);
  expect(none.error).toContain("public keys");
});

test("simulated customers wait, let an agent act, come again, and leave when they are told to", async () => {
  const server = await createServer(
    loadConfig(
      {},
      { overrides: { port: 0, logLevel: "error", jwtSecret: secret, requestsPerMinute: 100_000 } },
    ),
  );
  const url = await server.listen();
  const { child, said } = start(["simulate", "--url", url, "--customers", "3"]);
  const ended = once(child, "close");
  await expect.poll(() => said.out.match(/reference simulated-\d/g)?.length, { timeout: 30_000 }).toBe(3);
  const token = await signAgentToken(secret, { id: "robin", name: "Robin" });
  const agent = await FakeAgent.join(url, token, { reference: "simulated-2" });
  expect(agent.session.customer?.unverified).toEqual({ ticket: "T-1002" });
  expect(await agent.requestControl()).toBe(true);
  await agent.leave();
  await expect.poll(() => said.out.match(/reference simulated-2/g)?.length, { timeout: 10_000 }).toBe(2);
  child.kill("SIGINT");
  expect((await ended)[0]).toBe(0);
  expect([said.error, said.out.endsWith("All customers have left.\n")]).toEqual(["", true]);
  expect(server.sessions.counts.sessions).toBe(0);
  await server.close();
}, 60_000);
