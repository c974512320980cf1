import {
  CataloguedError,
  type ClientMessage,
  commands,
  type GrantLevel,
  HIGHEST_NUMBER,
  limits,
} from "@copane/protocol";

/** Longest token we look at; ours are far shorter. */
const TOKEN_LENGTH = 200;

/** Highest mirror node id: what a varint of the codec holds. */
const HIGHEST_NODE_ID = 2 ** 31 - 1;

type Value = Record<string, unknown>;

/** A client's message, checked field by field. Throws CataloguedError for what is not one. */
export function parseMessage(text: string): ClientMessage {
  const value = parseJson(text);
  const { t } = value;
  if (t === "ping" || t === "activity") return { t };
  if (t === "hello") {
    return {
      t,
      version: number(value, "version", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
      token: string(value, "token", TOKEN_LENGTH),
      ...optional(value, "page", () => integer(value, "page", HIGHEST_NUMBER)),
    };
  }
  if (t === "page") return { t, path: pathOf(value) };
  const command = commands.find((known) => known === t);
  if (command !== undefined) return { t: command, n: counter(value) };
  switch (t) {
    case "control.request":
      return {
        t,
        n: counter(value),
        ...optional(value, "level", () => oneOf<GrantLevel>(value, "level", ["scroll", "full"])),
        ...optional(value, "scope", () => integer(value, "scope", HIGHEST_NODE_ID)),
        ...optional(value, "minutes", () => number(value, "minutes", Number.MIN_VALUE, limits.grantMinutes)),
      };
    case "fidelity": {
      const compared = integer(value, "compared", limits.comparedParts);
      return { t, n: counter(value), compared, repaired: integer(value, "repaired", compared) };
    }
    case "match.commit":
      return { t, n: counter(value), commit: random(value, "commit") };
    case "match.answer":
    case "match.reveal":
      return { t, n: counter(value), nonce: random(value, "nonce") };
    case "handover.offer":
      return { t, n: counter(value), to: integer(value, "to", limits.participantNumber) };
    case "invite.create":
      return {
        t,
        n: counter(value),
        part: oneOf(value, "part", ["agent", "observer"]),
        silent: value.silent === true,
      };
    case "consent.give":
    case "consent.refuse":
      return { t, n: counter(value), what: oneOf(value, "what", ["view", "recording"]) };
    default:
      throw new CataloguedError("UNKNOWN_MESSAGE");
  }
}

function counter(value: Value): number {
  return integer(value, "n", Number.MAX_SAFE_INTEGER);
}

function optional<K extends string, T>(value: Value, field: K, read: () => T): Partial<Record<K, T>> {
  return value[field] === undefined ? {} : ({ [field]: read() } as Record<K, T>);
}

function string(value: Value, field: string, most: number): string {
  const found = value[field];
  if (typeof found !== "string" || found.length > most) throw new CataloguedError("INVALID_FIELD", { field });
  return found;
}

/** 256 bits in base64url. */
function random(value: Value, field: string): string {
  const found = string(value, field, 43);
  if (!/^[\w-]{43}$/.test(found)) throw new CataloguedError("INVALID_FIELD", { field });
  return found;
}

function number(value: Value, field: string, least: number, most: number): number {
  const found = value[field];
  if (typeof found !== "number" || !(found >= least && found <= most))
    throw new CataloguedError("INVALID_FIELD", { field });
  return found;
}

function integer(value: Value, field: string, most: number): number {
  const found = number(value, field, 0, most);
  if (!Number.isSafeInteger(found)) throw new CataloguedError("INVALID_FIELD", { field });
  return found;
}

/** A page's path as the audit may have it: neither query nor fragment, whatever the page sent. */
function pathOf(value: Value): string {
  const path = string(value, "path", Number.POSITIVE_INFINITY);
  if (!path.startsWith("/")) throw new CataloguedError("INVALID_FIELD", { field: "path" });
  return path.replace(/[?#].*$/s, "").slice(0, limits.pathLength);
}

function oneOf<T extends string>(value: Value, field: string, known: readonly T[]): T {
  const found = known.find((one) => one === value[field]);
  if (found === undefined) throw new CataloguedError("INVALID_FIELD", { field });
  return found;
}

function parseJson(text: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CataloguedError("MALFORMED_JSON", { message: "The message is not valid JSON." });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CataloguedError("MALFORMED_JSON", { message: "The message is not a JSON object." });
  }
  return value as Value;
}
