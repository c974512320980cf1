import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configurationDocument } from "./document.ts";
import { ConfigError, configKeys, hasAgents, loadConfig } from "./index.ts";

function fileWith(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "copane-")), "copane.json");
  writeFileSync(file, content);
  return file;
}

test("without anything set the defaults hold, and they listen on this machine only", () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    host: "127.0.0.1",
    port: 8080,
    devSignIn: false,
    agentIdleMs: 120_000,
    customerIdleMs: 600_000,
  });
});

test("the environment wins over the file, the file over the defaults", () => {
  const file = fileWith(JSON.stringify({ port: 1000, defaultLocale: "de" }));
  expect(loadConfig({ PORT: "2000" }, { file })).toMatchObject({ port: 2000, defaultLocale: "de" });
});

test.each([
  [{ PORT: "eighty" }, "PORT"],
  [{ PORT: "99999" }, "PORT"],
  [{ COPANE_JWT_SECRET: "short" }, "COPANE_JWT_SECRET"],
  [{ COPANE_ALLOWED_ORIGINS: "www.example.com" }, "COPANE_ALLOWED_ORIGINS"],
  [{ COPANE_DEFAULT_LOCALE: "sv" }, "COPANE_DEFAULT_LOCALE"],
  [{ COPANE_IDLE_WARNING_MS: "600000" }, "COPANE_IDLE_WARNING_MS"],
  [{ COPANE_JWKS_URL: "http://example.com/keys" }, "COPANE_JWKS_URL"],
  [{ COPANE_LOG_LEVEL: "loud" }, "COPANE_LOG_LEVEL"],
  [{ COPANE_CONFIG: "/nowhere/copane.json" }, "COPANE_CONFIG"],
])("%o is refused with the name of the key", (env, name) => {
  expect(() => loadConfig(env)).toThrow(ConfigError);
  expect(() => loadConfig(env)).toThrow(name);
});

test("an unknown key in the file is refused, and all problems come at once", () => {
  const file = fileWith(JSON.stringify({ prot: 1, port: "x" }));
  expect(() => loadConfig({}, { file })).toThrow(/prot|additional/i);
  expect(() => loadConfig({ PORT: "x", COPANE_MAX_SESSIONS: "y" })).toThrow(/PORT[\s\S]*COPANE_MAX_SESSIONS/);
});

test("what is wrong is told without a secret that stands there", () => {
  const wrong: NodeJS.ProcessEnv[] = [
    { COPANE_CONFIG: fileWith('{ "port": 1,\n "jwtSecret": geheim }') },
    { COPANE_CONFIG: fileWith('{ "jwtSecret": "geheim\n" }') },
    { COPANE_CONFIG: fileWith('{ "jwtSecret": "geheim" ') },
    { COPANE_DEV_SIGN_IN: "geheim" },
    { PORT: "geheim" },
    { COPANE_JWT_SECRET: "geheim" },
    { COPANE_METRICS_TOKEN: "geheim" },
    { COPANE_ALLOWED_ORIGINS: "https://user:geheim@www.example.com" },
    { DATABASE_URL: "mysql://user:geheim@host/copane" },
    { COPANE_WEBHOOK_URLS: "https://user:geheim@www.example.com" },
  ];
  for (const env of wrong) {
    expect(() => loadConfig(env)).toThrow(ConfigError);
    expect(() => loadConfig(env)).not.toThrow("geheim");
  }
});

test("what agents' browsers may load from is hosts and origins, and no rule of another kind", () => {
  const allow = (list: string) => loadConfig({ COPANE_AGENT_LOADS_ALLOW: list }).agentLoadsAllow;
  expect(allow("intranet.example,*.shop.internal,http://10.1.2.3:8080")).toHaveLength(3);
  for (const wrong of ["a b", "https://x.example/path", "x;script-src *", "'self'", "data:"])
    expect(() => allow(wrong)).toThrow(/COPANE_AGENT_LOADS_ALLOW/);
});

test.each([
  ["COPANE_JWT_SECRT", "x".repeat(32), /COPANE_JWT_SECRT.*COPANE_JWT_SECRET/],
  ["COPANE_ALLOWED_ORIGIN", "https://www.example.com", /COPANE_ALLOWED_ORIGIN.*COPANE_ALLOWED_ORIGINS/],
  ["COPANE_PORT", "8081", /COPANE_PORT is not a known setting/],
  ["COPANE_COLOUR", "red", /COPANE_COLOUR.*copane keys/],
  ["COPANE_MAX_SESION", "", /COPANE_MAX_SESSIONS/],
])("the misspelt setting %s is refused", (name, value, message) => {
  expect(() => loadConfig({ [name]: value })).toThrow(message);
});

test("a misspelt key of the file is refused with the one that is meant", () => {
  const file = fileWith(JSON.stringify({ jwtSecrets: "x".repeat(32) }));
  expect(() => loadConfig({}, { file })).toThrow(/jwtSecrets is not a known key; is jwtSecret meant/);
});

test("variables of Kubernetes, of the tools and of others are none of the server's", () => {
  const env = {
    COPANE_PORT: "tcp://10.0.0.1:8080",
    COPANE_SERVICE_HOST: "10.0.0.1",
    COPANE_SERVICE_PORT_HTTP: "8080",
    COPANE_PORT_8080_TCP_ADDR: "10.0.0.1",
    COPANE_CHROMIUM: "/usr/bin/chromium",
    COPANES: "1",
    PATH: "/bin",
  };
  expect(() => loadConfig(env)).not.toThrow();
});

test.each<[NodeJS.ProcessEnv, boolean]>([
  [{}, false],
  [{ COPANE_JWT_SECRET: "x".repeat(32) }, true],
  [{ COPANE_JWKS_URL: "https://id.example.com/keys" }, true],
  [{ COPANE_DEV_SIGN_IN: "true" }, true],
  [
    {
      COPANE_AGENT_AUTH: "open",
      COPANE_AGENT_NETWORKS: "10.1.0.0/16",
      COPANE_ALLOWED_ORIGINS: "https://a.example",
    },
    true,
  ],
])("with %o somebody can be an agent: %s", (env, can) => {
  expect(hasAgents(loadConfig(env))).toBe(can);
});

test("the development sign-in is refused where others could reach it", () => {
  const env = { HOST: "0.0.0.0", COPANE_DEV_SIGN_IN: "true" };
  expect(() => loadConfig(env)).toThrow("COPANE_DEV_SIGN_IN");
  expect(loadConfig({ ...env, COPANE_DEV_SIGN_IN_ANYWHERE: "true" }).devSignIn).toBe(true);
});

test("Redis needs the shared database, and a URL that can be used", () => {
  const databaseUrl = "postgres://localhost/copane";
  const load = (url: string, database = databaseUrl) =>
    loadConfig({ COPANE_REDIS_URL: url, DATABASE_URL: database }).redisUrl;
  for (const url of [
    "redis://127.0.0.1",
    "rediss://user:pass@redis.example:6380/2",
    "redis+sentinel://:pass@a.example,b.example:26380/main",
    "rediss+cluster://user:pass@a.example:7000,b.example:7000",
  ])
    expect(load(url)).toBe(url);
  expect(() => load("redis://127.0.0.1", "")).toThrow(/COPANE_REDIS_URL.*needs DATABASE_URL/);
  expect(() => load("http://127.0.0.1")).toThrow(/COPANE_REDIS_URL.*redis:\/\//);
  expect(() => load("redis+sentinel://:geheim@a.example")).toThrow(/COPANE_REDIS_URL.*sentinels watch/);
  expect(() => load("redis+cluster://a b")).toThrow("COPANE_REDIS_URL");
  for (const url of ["geheim://x", "redis+sentinel://:geheim@a.example", "redis://"])
    expect(() => load(url)).not.toThrow("geheim@");
});

test("every key is documented, and the document is up to date", () => {
  for (const { schema } of configKeys) expect((schema as { description?: string }).description).toBeTruthy();
  const committed = readFileSync(new URL("../../../../docs/configuration.md", import.meta.url), "utf8");
  expect(committed).toBe(configurationDocument());
});
