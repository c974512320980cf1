import { plainJson } from "@copane/protocol";
import * as limits from "@copane/protocol/limits";

/** A line of the chat, as the customer's page keeps it. */
export interface ChatLine {
  /** Unique within the session; chosen by the writer. */
  id: string;
  /** The writer's number. */
  by: number;
  /** The writer's name then: it may have left since. */
  name: string;
  text: string;
  /** Milliseconds since 1970, on the clock of the customer's page (of whispers: the writer's). */
  at: number;
}

/** Payload of a chat or whisper frame. */
export function encodeChat(lines: readonly ChatLine[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(plainJson(lines));
}

/** The lines of a frame; what is not one is left out, and the rest cut to its limits. Never throws. */
export function decodeChat(payload: Uint8Array): ChatLine[] {
  const lines = parse(payload);
  if (!Array.isArray(lines)) return [];
  return lines.slice(-limits.chatLines).flatMap((line: unknown) => {
    const { id, by, name, text, at } = (line ?? {}) as Partial<Record<keyof ChatLine, unknown>>;
    if (typeof id !== "string" || typeof text !== "string" || typeof name !== "string") return [];
    if (typeof by !== "number" || typeof at !== "number") return [];
    const clean = cleanChat(text);
    return clean
      ? [{ id: id.slice(0, 40), by, name: name.slice(0, limits.nameLength), text: clean, at }]
      : [];
  });
}

/** Text as it may stand in the chat: no control or direction characters that could disguise it, bounded. */
export function cleanChat(text: string): string {
  return text
    .replace(/[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, " ")
    .trim()
    .slice(0, limits.chatLength);
}

/** A piece of a line: text, or an address that may be followed. */
export interface ChatPart {
  text: string;
  href?: string;
}

/** Cuts a line into text and links. Only http and https are links; whatever else stays text. */
export function chatParts(text: string): ChatPart[] {
  const parts: ChatPart[] = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"'`]+/gi)) {
    // What ends a sentence is not part of the address.
    const shown = match[0].replace(/[.,;:!?)\]}]+$/, "");
    const href = safeHref(shown);
    if (href === undefined) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

function safeHref(text: string): string | undefined {
  try {
    const url = new URL(text);
    // A name before an @ makes one site look like another.
    const safe = /^https?:$/.test(url.protocol) && !url.username && !url.password;
    return safe ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
