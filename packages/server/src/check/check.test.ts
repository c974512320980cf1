import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { type AddressInfo, createServer as createTcp, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paths } from "@copane/protocol";
import { type FastifyInstance, fastify } from "fastify";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../../scripts/lib/free-port.mjs";
import { type Config, loadConfig } from "../config/index.ts";
import { serverRoutes } from "../http/routes/server.ts";
import { version } from "../version.ts";
import { checkKeySet, checkPublicAddress, checkWebhooks } from "./addresses.ts";
import { judgeClock } from "./clock.ts";
import { checkData, judgeFolder } from "./data.ts";
import { type Finding, Findings } from "./finding.ts";
import { check } from "./index.ts";
import { checkAgents, checkOrigins } from "./people.ts";
import { checkPort } from "./port.ts";
import { within } from "./reason.ts";

const secret = "geheim-geheim-geheim-geheim-geheim";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const ending of endings.splice(0).reverse()) await ending();
});

let server: FastifyInstance;
let base: string;
beforeAll(async () => {
  server = fastify();
  await server.register(serverRoutes({ version, unready: () => undefined }));
  server.get("/sdk/copane.js", () => "");
  base = await server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => server.close());

function config(overrides: Partial<Config> = {}): Config {
  return loadConfig({}, { overrides });
}

/** What was found, each as its level and text. */
function said(findings: readonly Finding[]): string {
  return findings.map(({ level, text }) => `${level} ${text}`).join("\n");
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endings.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "copane-check-"));
  endings.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test("a server on which nobody can be an agent is told of loudly", () => {
  expect(checkAgents(config())).toMatchObject([
    { level: "problem", text: expect.stringContaining("NOBODY CAN BE AN AGENT"), mend: expect.any(String) },
  ]);
  expect(said(checkAgents(config({ jwtSecret: secret })))).toMatch(/^ok .*COPANE_JWT_SECRET/);
  const keySet = { jwksUrl: "https://id.example.com/keys" };
  expect(said(checkAgents(config(keySet)))).toMatch(/^ok .*\nwarning every token/);
  expect(said(checkAgents(config({ ...keySet, jwtAudience: "copane" })))).not.toContain("warning");
  expect(said(checkAgents(config({ devSignIn: true })))).toMatch(/^warning whoever has the development code/);
});

test.each([
  [["*"], "warning pages of every origin"],
  [[], "problem no page may use"],
  [["self"], "note only pages of the server's own"],
  [["https://www.example.com"], "ok pages of https://www.example.com"],
  [["http://www.example.com"], "warning http://www.example.com: without TLS"],
])("allowed origins %o: %s", (allowedOrigins, expected) => {
  expect(said(checkOrigins(config({ allowedOrigins })))).toContain(expected);
});

test("a data folder that can be written, that has no database yet, and nothing is left in it", async () => {
  const dataDir = folder();
  expect(said(await checkData(config({ dataDir })))).toMatch(/^ok .*can be written; the first start makes/);
  expect(readdirSync(dataDir)).toEqual([]);
  const inside = join(dataDir, "not", "made");
  expect(said(await checkData(config({ dataDir: inside })))).toMatch(/^ok/);
  expect(readdirSync(dataDir)).toEqual([]);
});

test("a data folder that cannot be written is a problem where it was named", async () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  const dataDir = join(file, "data");
  expect(said(await checkData(config({ dataDir })))).toMatch(/^problem data cannot be kept .*ENOTDIR/);
  const state = { exists: false, unwritable: "EACCES", holder: undefined, version: undefined, freeBytes: 0 };
  expect(said(judgeFolder("/x", false, state))).toMatch(/^warning .*keeps them in memory/);
  expect(said(await checkData(config({ dataDir: "memory" })))).toMatch(
    /^warning everything is kept in memory/,
  );
});

test("who uses the data folder is told, its database's version, and little room", async () => {
  const dataDir = folder();
  mkdirSync(join(dataDir, "store", "pg"), { recursive: true });
  writeFileSync(join(dataDir, "store", "pg", "PG_VERSION"), "18\n");
  writeFileSync(join(dataDir, "store", "lock"), String(process.ppid));
  const found = said(await checkData(config({ dataDir })));
  expect(found).toContain("made by PostgreSQL 18");
  expect(found).toContain(`note process ${process.ppid} uses it`);
  const state = {
    exists: true,
    unwritable: undefined,
    holder: undefined,
    version: "18",
    freeBytes: 1_048_576,
  };
  expect(said(judgeFolder("/x", true, state))).toContain("warning only 1 MB are free");
});

test("clocks that differ are told of, and are a problem beyond what tokens may be off", () => {
  const judged = (aheadMs: number) => {
    const findings = new Findings("x");
    judgeClock(findings, aheadMs);
    return said(findings.list);
  };
  expect(judged(-1_500)).toMatch(/^ok/);
  expect(judged(5_000)).toMatch(/^warning its clock is 5.0 s ahead of/);
  expect(judged(-40_000)).toMatch(/^problem its clock is 40.0 s behind/);
});

test("a port that is free, one of another program, and one at which a Copane answers", async () => {
  expect(said(await checkPort(config({ port: await freePort() })))).toMatch(/^ok .*is free/);
  const port = await listening(createTcp((socket) => socket.end("hello")));
  expect(said(await checkPort(config({ port })))).toMatch(/^problem .*in use by another program/);
  const own = Number(new URL(base).port);
  expect(said(await checkPort(config({ port: own })))).toMatch(`a Copane ${version} answers there already`);
  expect(said(await checkPort(config({ host: "192.0.2.1" })))).toMatch(/^problem .*EADDRNOTAVAIL/);
});

test("a public address that leads to a Copane, to something else, and nowhere", async () => {
  expect(said(await checkPublicAddress(`${base}/`, version))).toContain(
    `ok Copane ${version} answers at ${base}`,
  );
  expect(said(await checkPublicAddress(base, "0.0.1"))).toContain(`warning a Copane ${version} answers`);
  const scriptless = await listening(
    createHttp(({ url }, response) => {
      response.statusCode = url === paths.serverStatus ? 200 : 404;
      response.end(JSON.stringify({ status: "up", version }));
    }),
  );
  const found = said(await checkPublicAddress(`http://127.0.0.1:${scriptless}`, version));
  expect(found).toContain("problem http://127.0.0.1:");
  expect(found).toContain("does not give the customer's script");
  const other = await listening(createHttp((_request, response) => void response.end("hello")));
  expect(said(await checkPublicAddress(`http://127.0.0.1:${other}`, version))).toMatch(
    /^problem .*not as a Copane/,
  );
  const nowhere = await checkPublicAddress(`http://127.0.0.1:${await freePort()}`, version);
  expect(said(nowhere)).toMatch(/^problem .*ECONNREFUSED/);
  expect(said(await checkPublicAddress("help.example.com", version))).toMatch(
    /^problem --url is not an address/,
  );
});

test("an address without TLS, beyond this machine, is a problem", async () => {
  expect(said(await checkPublicAddress(`http://0.0.0.0:${await freePort()}`, version))).toMatch(
    /^problem .*has no TLS/,
  );
});

test("the key set: keys, none, an error, away, and the clock of who signs", async () => {
  const answers: Record<string, () => [number, string, Record<string, string>?]> = {
    "/keys": () => [
      200,
      '{"keys":[{"kty":"RSA"},{"kty":"EC","crv":"P-256"},{"kty":"oct"},{"kty":"RSA","use":"enc"}]}',
    ],
    "/configuration": () => [200, '{"jwks_uri":"x"}'],
    "/away": () => [503, "{}"],
    "/late": () => [
      200,
      '{"keys":[{"kty":"OKP"}]}',
      { date: new Date(Date.now() - 3_600_000).toUTCString() },
    ],
  };
  const port = await listening(
    createHttp(({ url = "" }, response) => {
      const [status, body, headers = {}] = answers[url.split("?")[0] ?? ""]?.() ?? [404, ""];
      response.writeHead(status, headers).end(body);
    }),
  );
  const found = async (path: string, at = port) =>
    said(await checkKeySet(config({ jwksUrl: `http://127.0.0.1:${at}${path}?code=${secret}` })));
  expect(await found("/keys")).toMatch(/^ok .*tokens: 2\nok its clock/);
  expect(await found("/configuration")).toMatch(/^problem .*gives no key/);
  expect(await found("/away")).toMatch(/^problem .*answers 503/);
  expect(await found("/late")).toMatch(/problem its clock is 3[56]\d\d\.\d s behind/);
  const away = await found("/keys", await freePort());
  expect(away).toMatch(/^problem .*ECONNREFUSED/);
  expect(away).not.toContain(secret);
});

test("receivers of webhooks are connected to, and nothing is sent", async () => {
  let received = "";
  const listener = createTcp((socket) => {
    socket.on("data", (data) => {
      received += data;
    });
    socket.on("error", () => {});
  });
  const port = await listening(listener);
  const plain = await listening(createTcp((socket) => socket.on("error", () => {}).end("no TLS")));
  const webhookUrls = [
    `http://127.0.0.1:${port}/${secret}`,
    `http://127.0.0.1:${await freePort()}/${secret}`,
    `https://127.0.0.1:${plain}/`,
  ];
  const found = said(await checkWebhooks(config({ webhookUrls, webhookSecret: secret })));
  expect(found).toMatch(/^ok .*nothing was posted.*\nproblem .*ECONNREFUSED.*\nproblem https:.*SSL/);
  expect(found).not.toContain(secret);
  expect(received).toBe("");
});

test("what does not answer counts as away after its time", async () => {
  await expect(within(1, new Promise(() => {}))).rejects.toMatchObject({ code: "ETIMEDOUT" });
});

test("everything together; no secret of the configuration is in it", async () => {
  const port = await freePort();
  const away = await freePort();
  const found = await check(
    config({
      port,
      databaseUrl: `postgres://copane:${secret}@127.0.0.1:${away}/copane`,
      redisUrl: `redis://copane:${secret}@127.0.0.1:${away}`,
      jwtSecret: secret,
      metricsToken: secret,
      webhookSecret: secret,
      webhookUrls: [`http://127.0.0.1:${away}/${secret}`],
    }),
    { version, publicAddress: `http://127.0.0.1:${away}/${secret}` },
  );
  const problems = found.filter(({ level }) => level === "problem").map(({ about }) => about);
  expect(problems).toEqual(["database", "redis", "webhooks", "public address"]);
  expect(found.every(({ level, mend }) => level !== "problem" || mend)).toBe(true);
  expect(JSON.stringify(found)).not.toContain("geheim");
});
