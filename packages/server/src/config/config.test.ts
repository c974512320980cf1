import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configurationDocument } from "./document.ts";
import { ConfigError, configKeys, loadConfig } from "./index.ts";

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
  [{ COPANE_DEFAULT_LOCALE: "fr" }, "COPANE_DEFAULT_LOCALE"],
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

test("the development sign-in is refused where others could reach it", () => {
  const env = { HOST: "0.0.0.0", COPANE_DEV_SIGN_IN: "true" };
  expect(() => loadConfig(env)).toThrow("COPANE_DEV_SIGN_IN");
  expect(loadConfig({ ...env, COPANE_DEV_SIGN_IN_ANYWHERE: "true" }).devSignIn).toBe(true);
});

test("every key is documented, and the document is up to date", () => {
  for (const { schema } of configKeys) expect((schema as { description?: string }).description).toBeTruthy();
  const committed = readFileSync(new URL("../../../../docs/configuration.md", import.meta.url), "utf8");
  expect(committed).toBe(configurationDocument());
});
