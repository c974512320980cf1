import { connect as connectTcp, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Config } from "../config/index.ts";
import { judgeClock } from "./clock.ts";
import { type Finding, Findings } from "./finding.ts";
import { ask, askStatus } from "./http.ts";
import { reasonOf, within } from "./reason.ts";

const CONNECT_MS = 5_000;

/** The keys that agents' tokens are checked by, and the clock of who makes these. */
export async function checkKeySet({ jwksUrl }: Config): Promise<Finding[]> {
  if (!jwksUrl) return [];
  const findings = new Findings("key set");
  const where = placeOf(jwksUrl);
  try {
    const asked = Date.now();
    const response = await ask(jwksUrl);
    const answered = Date.now();
    const usable = usableKeys(await response.json().catch(() => undefined));
    if (!response.ok)
      findings.problem(`${where} answers ${response.status}`, "Check the address in COPANE_JWKS_URL.");
    else if (usable === 0)
      findings.problem(
        `${where} gives no key of RS256, ES256 or EdDSA`,
        "COPANE_JWKS_URL must be the key set itself (often `jwks_uri` of the openid-configuration).",
      );
    else findings.ok(`${where} gives keys that can check tokens: ${usable}`);
    // A cache says how old its answer is.
    const age = Number(response.headers.get("age") ?? 0) * 1_000;
    const date = Date.parse(response.headers.get("date") ?? "") + age;
    // It tells whole seconds.
    if (response.ok && !Number.isNaN(date))
      judgeClock(findings, Math.min(0, date + 1_000 - asked) + Math.max(0, date - answered));
  } catch (error) {
    findings.problem(
      `${where} cannot be reached: ${reasonOf(error)}; no token is taken without its keys`,
      "Check COPANE_JWKS_URL, and that this machine may reach it.",
    );
  }
  return findings.list;
}

function usableKeys(set: unknown): number {
  const { keys } = (set ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) return 0;
  return keys.filter((key: { kty?: unknown; crv?: unknown; use?: unknown } | null) => {
    if (!key || (key.use !== undefined && key.use !== "sig")) return false;
    return key.kty === "RSA" || (key.kty === "EC" && key.crv === "P-256") || key.kty === "OKP";
  }).length;
}

/** Whether each receiver of webhooks can be connected to. Nothing is posted. */
export async function checkWebhooks({ webhookUrls }: Config): Promise<Finding[]> {
  const findings = new Findings("webhooks");
  const tries = webhookUrls.map(async (url) => {
    try {
      await within(CONNECT_MS, connect(new URL(url)));
      return () => findings.ok(`${placeOf(url)} can be connected to (nothing was posted)`);
    } catch (error) {
      return () =>
        findings.problem(
          `${placeOf(url)} cannot be connected to: ${reasonOf(error)}`,
          "Check COPANE_WEBHOOK_URLS, the receiver, and that this machine may reach it.",
        );
    }
  });
  for (const say of await Promise.all(tries)) say();
  return findings.list;
}

/** Whether browsers reach a server of this version by the address that they are given. */
export async function checkPublicAddress(address: string, version: string): Promise<Finding[]> {
  const findings = new Findings("public address");
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
    findings.problem("--url is not an address like https://help.example.com", "Give it with https://.");
    return findings.list;
  }
  const { protocol, hostname } = new URL(address);
  const where = placeOf(address);
  if (protocol === "http:" && !/^(localhost|127\.|\[::1\])/.test(hostname))
    findings.problem(
      `${where} has no TLS: pages of https sites cannot use it`,
      "Let the proxy in front answer https (deploy/nginx has an example).",
    );
  const base = address.replace(/\/+$/, "");
  const mend = "Check the proxy in front: it must pass /services/CoBrowse/, /sdk/ and /desk/ to this server.";
  try {
    const running = await askStatus(base);
    if (!running) findings.problem(`${where} answers, but not as a Copane`, mend);
    else if (running.version !== version)
      findings.warning(`a Copane ${running.version} answers at ${where}, this one is ${version}`, mend);
    else findings.ok(`Copane ${running.version} answers at ${where}`);
    const script = running && (await ask(`${base}/sdk/copane.js`));
    await script?.body?.cancel();
    if (script && !script.ok)
      findings.problem(
        `${where} does not give the customer's script /sdk/copane.js (${script.status})`,
        mend,
      );
  } catch (error) {
    findings.problem(`${where} cannot be reached: ${reasonOf(error)}`, `Is the server running? ${mend}`);
  }
  return findings.list;
}

/** Opens a connection, with TLS where the address says so, and ends it. */
function connect({ protocol, hostname, port }: URL): Promise<void> {
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const secure = protocol === "https:";
    const at = { host, port: Number(port) || (secure ? 443 : 80), timeout: CONNECT_MS };
    const socket = secure ? connectTls(isIP(host) ? at : { ...at, servername: host }) : connectTcp(at);
    socket.once(secure ? "secureConnect" : "connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("timeout", () => socket.destroy(Object.assign(new Error("late"), { code: "ETIMEDOUT" })));
    socket.once("error", reject);
  });
}

/** An address to show: paths and queries may hold secrets. */
function placeOf(url: string): string {
  return new URL(url).origin;
}
