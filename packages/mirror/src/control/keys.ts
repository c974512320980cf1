import { dispatchToPage } from "./dispatch.ts";
import { heldKeys } from "./modifiers.ts";
import { realm } from "./tree.ts";
import type { AgentInputEvent } from "./wire.ts";

export type KeyInput = Extract<AgentInputEvent, { kind: "key" }>;

/** Codes that older pages read; newer ones read `key`. */
const namedCodes: Record<string, number> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  Shift: 16,
  Control: 17,
  Alt: 18,
  CapsLock: 20,
  Escape: 27,
  " ": 32,
  PageUp: 33,
  PageDown: 34,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  Insert: 45,
  Delete: 46,
  Meta: 91,
};

/** The same for the keys whose sign depends on the layout, by their place. */
const placeCodes: Record<string, number> = {
  Semicolon: 186,
  Equal: 187,
  Comma: 188,
  Minus: 189,
  Period: 190,
  Slash: 191,
  Backquote: 192,
  BracketLeft: 219,
  Backslash: 220,
  BracketRight: 221,
  Quote: 222,
};

/** What all events of one key have in common. */
export function keyInit(element: Element, { phase, key, code, modifiers }: KeyInput): KeyboardEventInit {
  const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? (key.length === 1 ? key.toUpperCase() : "");
  const functional = /^F(\d+)$/.exec(key);
  const keyCode =
    namedCodes[key] ??
    placeCodes[code] ??
    (functional ? 111 + Number(functional[1]) : place ? place.charCodeAt(0) : 0);
  return {
    bubbles: true,
    cancelable: true,
    composed: true,
    view: realm(element),
    key,
    code,
    location: code.startsWith("Numpad") ? 3 : /^[A-Z].*(Left|Right)$/.test(code) ? sideOf(code) : 0,
    repeat: phase === "repeat",
    keyCode,
    which: keyCode,
    ...heldKeys(modifiers),
  } as KeyboardEventInit;
}

/** Fires one event of a key. Returns false when the page prevented the default. */
export function fireKey(element: Element, type: string, init: KeyboardEventInit): boolean {
  const { KeyboardEvent } = realm(element);
  return dispatchToPage(element, new KeyboardEvent(type, init));
}

function sideOf(code: string): number {
  if (!/^(Shift|Control|Alt|Meta)/.test(code)) return 0;
  return code.endsWith("Left") ? 1 : 2;
}
