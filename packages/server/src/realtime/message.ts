import { type ClientMessage, CopaneError, commands, limits } from "@copane/protocol";

/** Longest token we look at; ours are far shorter. */
const TOKEN_LENGTH = 200;

/** A client's message, checked field by field. Throws CopaneError for what is not one. */
export function parseMessage(text: string): ClientMessage {
  const value = parseJson(text);
  const { t } = value;
  if (t === "ping" || t === "activity") return { t };
  if (t === "hello") {
    const { version, token } = value;
    if (typeof version !== "number") throw new CopaneError("INVALID_FIELD", { field: "version" });
    if (typeof token !== "string" || token.length > TOKEN_LENGTH) {
      throw new CopaneError("INVALID_FIELD", { field: "token" });
    }
    return { t, version, token };
  }
  if (t === "page") return { t, path: pathOf(value.path) };
  const { n } = value;
  const command = commands.find((known) => known === t);
  if (command === undefined && t !== "session.leave") throw new CopaneError("UNKNOWN_MESSAGE");
  if (typeof n !== "number" || !Number.isSafeInteger(n))
    throw new CopaneError("INVALID_FIELD", { field: "n" });
  if (command !== undefined) return { t: command, n };
  const { reason } = value;
  if (reason === undefined) return { t: "session.leave", n };
  if (typeof reason !== "string" || reason.length > limits.reasonLength) {
    throw new CopaneError("INVALID_FIELD", { field: "reason" });
  }
  return { t: "session.leave", n, reason };
}

/** A page's path as the audit may have it: neither query nor fragment, whatever the page sent. */
function pathOf(path: unknown): string {
  if (typeof path !== "string" || !path.startsWith("/"))
    throw new CopaneError("INVALID_FIELD", { field: "path" });
  return path.replace(/[?#].*$/s, "").slice(0, limits.pathLength);
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CopaneError("MALFORMED_JSON", { message: "The message is not valid JSON." });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CopaneError("MALFORMED_JSON", { message: "The message is not a JSON object." });
  }
  return value as Record<string, unknown>;
}
