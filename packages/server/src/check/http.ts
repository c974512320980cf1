import { paths } from "@copane/protocol";

const ANSWER_MS = 5_000;

/** Asks by GET; follows no redirect, as the server does not. */
export function ask(url: string): Promise<Response> {
  return fetch(url, { redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
}

/** The status of the Copane at an address; undefined when something else answers there. */
export async function askStatus(base: string): Promise<{ version: string } | undefined> {
  const response = await ask(base + paths.serverStatus);
  const status: unknown = await response.json().catch(() => undefined);
  if (typeof status !== "object" || status === null) return undefined;
  const { status: state, version } = status as { status?: unknown; version?: unknown };
  return state === "up" && typeof version === "string" ? { version } : undefined;
}
