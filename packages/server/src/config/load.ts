import { readFileSync } from "node:fs";
import { loadSource } from "@copane/protocol";
import { Value } from "typebox/value";
import { agentProblems } from "./agents.ts";
import { customerProblems } from "./customers.ts";
import { parseRedisUrl } from "./redis-url.ts";
import { type Config, type ConfigKey, configKeys, configSchema } from "./schema.ts";
import { unknownKeys, unknownVariables } from "./unknown.ts";

/** The configuration cannot be used; the message names every offending key. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n  ${problems.join("\n  ")}`);
    this.problems = problems;
  }
}

/**
 * Reads the configuration: defaults, then the JSON file, then the environment, then `overrides`.
 * Throws ConfigError that names each key with what is wrong and where it was set.
 */
export function loadConfig(
  env: NodeJS.ProcessEnv,
  options: { file?: string | undefined; overrides?: Partial<Config> } = {},
): Config {
  const problems: string[] = unknownVariables(env);
  const values: Record<string, unknown> = {};
  for (const { key, schema } of configKeys)
    values[key] = structuredClone((schema as { default?: unknown }).default);
  const file = options.file ?? env.COPANE_CONFIG;
  if (file) Object.assign(values, fromFile(file, problems));
  for (const { key, env: variable, schema } of configKeys) {
    const raw = env[variable];
    if (raw === undefined || raw === "") continue;
    const parsed = parse(raw, (schema as { type?: string }).type);
    // What stands there is not repeated: it may be a code or a password that belongs to another setting.
    if (parsed === undefined) problems.push(`${variable}: must be ${expected(schema)}`);
    else values[key] = parsed;
  }
  Object.assign(values, options.overrides);
  problems.push(...unknownKeys(values));
  for (const error of Value.Errors(configSchema, values)) {
    const name = error.instancePath.split("/")[1] ?? "";
    // Keys that nobody knows are named above.
    if (name === "") continue;
    problems.push(`${nameOf(name)}: ${error.message}`);
  }
  if (problems.length === 0) problems.push(...contradictions(values as Config));
  if (problems.length > 0) throw new ConfigError(problems);
  return values as Config;
}

/** What is valid key by key but not safe or sensible together. */
function contradictions(config: Config): string[] {
  const problems: string[] = [];
  const say = (key: ConfigKey, text: string) => problems.push(`${nameOf(key)}: ${text}`);
  if (config.jwtSecret && config.jwtSecret.length < 32) say("jwtSecret", "must have at least 32 characters");
  if (config.jwtSecret && config.jwksUrl) say("jwksUrl", "cannot be used together with COPANE_JWT_SECRET");
  if (config.jwksUrl && !isTrustworthy(config.jwksUrl)) say("jwksUrl", "must be an https address");
  if (config.customerPage && !/^https?:\/\/[^/]/.test(config.customerPage))
    say("customerPage", "must be an http or https address");
  if (config.oidcIssuer) {
    if (!isTrustworthy(config.oidcIssuer)) say("oidcIssuer", "must be an https address");
    if (!config.oidcClientId) say("oidcClientId", "must name the desk's client at COPANE_OIDC_ISSUER");
    if (!config.oidcScope.split(" ").includes("openid")) say("oidcScope", "must have `openid` in it");
  }
  const loopback = /^(127\.|localhost$|::1$)/.test(config.host);
  if (config.devSignIn && !loopback && !config.devSignInAnywhere) {
    say("devSignIn", "lets anyone who has the code be an agent; it is refused unless HOST is this machine");
  }
  if (config.devSignInCode && config.devSignInCode.length < 6)
    say("devSignInCode", "must have at least 6 characters");
  if (config.databaseUrl && !/^postgres(ql)?:\/\//.test(config.databaseUrl))
    say("databaseUrl", "must begin with postgres://");
  if (config.redisUrl) {
    const place = parseRedisUrl(config.redisUrl);
    if (typeof place === "string") say("redisUrl", place);
    if (!config.databaseUrl)
      say("redisUrl", "needs DATABASE_URL: servers that work together share one PostgreSQL");
  }
  if (config.metricsToken && config.metricsToken.length < 16)
    say("metricsToken", "must have at least 16 characters");
  if (config.webhookUrls.length > 0 && config.webhookSecret.length < 32)
    say("webhookSecret", "must have at least 32 characters when there are COPANE_WEBHOOK_URLS");
  for (const url of config.webhookUrls) {
    if (!isWebhookUrl(url))
      say("webhookUrls", "must be https addresses (or http on this machine) without a password");
  }
  if (!config.locales.includes(config.defaultLocale)) say("defaultLocale", "must be one of COPANE_LOCALES");
  for (const origin of config.frameParents)
    if (!isOrigin(origin)) say("frameParents", `"${origin}" is not an origin like https://crm.example`);
  for (const origin of config.allowedOrigins) {
    if (origin !== "self" && origin !== "*" && !isOrigin(origin)) {
      const [from, to] = [origin.indexOf("//"), origin.lastIndexOf("@")];
      const shown = from >= 0 && to > from ? `${origin.slice(0, from)}//…${origin.slice(to)}` : origin;
      say("allowedOrigins", `"${shown}" is not an origin like https://www.example.com`);
    }
  }
  for (const entry of config.agentLoadsAllow) {
    if (!loadSource.test(entry))
      say("agentLoadsAllow", `"${entry}" is not a host or an origin like https://www.example.com`);
  }
  agentProblems(config, say);
  if (config.identityJwksUrl && !isTrustworthy(config.identityJwksUrl))
    say("identityJwksUrl", "must be an https address");
  customerProblems(config, say);
  if (config.idleWarningMs >= Math.min(config.agentIdleMs, config.customerIdleMs)) {
    say("idleWarningMs", "must be shorter than both idle times");
  }
  return problems;
}

/** An address that nobody on the way can answer for: by TLS, or on this machine. */
function isTrustworthy(address: string): boolean {
  return URL.canParse(address) && /^https:\/\/|^http:\/\/(localhost|127\.)/.test(address);
}

function fromFile(file: string, problems: string[]): Record<string, unknown> {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
    problems.push(`COPANE_CONFIG: ${file} does not hold a JSON object`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      error instanceof SyntaxError ? `is not JSON${placeOf(error, text)}` : `cannot be read (${code})`;
    problems.push(`COPANE_CONFIG: ${file} ${why}`);
  }
  return {};
}

/** Where JSON ends to be JSON, as far as the parser says. Its message quotes the file, which may hold secrets. */
function placeOf({ message }: SyntaxError, text: string): string {
  const at = /at position (\d+)/.exec(message)?.[1];
  return at === undefined ? "" : ` from line ${text.slice(0, Number(at)).split("\n").length} on`;
}

function expected(schema: object): string {
  return (schema as { type?: string }).type === "boolean" ? "true or false" : "a whole number";
}

function parse(raw: string, type: string | undefined): unknown {
  switch (type) {
    case "integer":
      return /^-?\d+$/.test(raw) ? Number(raw) : undefined;
    case "boolean":
      return { true: true, "1": true, false: false, "0": false }[raw.toLowerCase()];
    case "array":
      return raw
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean);
    default:
      return raw;
  }
}

function nameOf(key: string): string {
  const known = configKeys.find((entry) => entry.key === key);
  return known ? `${known.env} (${key})` : key || "configuration";
}

/** Only what the operator named is ever called; a redirect is not followed. */
function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const here = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  return !username && !password && (protocol === "https:" || (protocol === "http:" && here));
}

function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}
