import { ByteReader, ByteWriter, MalformedFrameError } from "@copane/protocol";

/**
 * Keys held during a pointer or key event, as bits. `control` is the key of shortcuts on the sender's
 * platform (Command on a Mac, Control elsewhere), `meta` the other of the two; the receiver maps them back.
 */
export const Modifier = { shift: 1, control: 2, alt: 4, meta: 8 } as const;

/**
 * What the agent does, in input frames. Nodes are named by mirror id; `x` and `y` are fractions (0 to 1)
 * of the element's box, so that they mean the same spot whatever the two layouts measure.
 */
export type AgentInputEvent =
  | {
      kind: "pointer";
      phase: PointerPhase;
      pointer: PointerKind;
      id: number;
      x: number;
      y: number;
      /** DOM button number. */
      button: number;
      modifiers: number;
      /** How many clicks in a row this one is. */
      clicks: number;
    }
  | { kind: "key"; phase: KeyPhase; key: string; code: string; modifiers: number }
  /** Text that came as a whole: pasted, or composed by an input method. */
  | { kind: "text"; pasted: boolean; text: string }
  | { kind: "select"; id: number; indices: number[] }
  /** A value chosen as a whole: a date, a colour, a suggestion. `done` is false while it is still picked. */
  | { kind: "value"; id: number; value: string; done: boolean }
  | { kind: "scroll"; id: number; left: number; top: number }
  /** A turn of the wheel, in CSS pixels: the page may use it itself, or scrolls. */
  | { kind: "wheel"; id: number; x: number; y: number; dx: number; dy: number; modifiers: number }
  | { kind: "history"; go: HistoryMove };

/** `hold` is a finger that rests: what a right click is to a mouse. */
export type PointerPhase = "down" | "move" | "up" | "cancel" | "hold";
export type PointerKind = "mouse" | "touch";
export type KeyPhase = "up" | "down" | "repeat";
export type HistoryMove = "back" | "forward" | "reload";

/** Where the agent points, in pointer frames; `gone` when the pointer left the page. */
export type PointerEventFrame = { kind: "at"; id: number; x: number; y: number } | { kind: "gone" };

/** Longest text in one input frame, in UTF-16 units. */
export const INPUT_TEXT_LENGTH = 20_000;

/** More indices than this in one choice are no choice of a person. */
const MOST_INDICES = 5_000;

const kinds = {
  pointer: 1,
  key: 2,
  text: 3,
  select: 4,
  scroll: 5,
  value: 6,
  wheel: 7,
  history: 8,
} as const;
const phases: readonly PointerPhase[] = ["down", "move", "up", "cancel", "hold"];
const pointers: readonly PointerKind[] = ["mouse", "touch"];
const keyPhases: readonly KeyPhase[] = ["up", "down", "repeat"];
const moves: readonly HistoryMove[] = ["back", "forward", "reload"];

export function encodeInput(event: AgentInputEvent): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(64);
  out.u8(kinds[event.kind]);
  switch (event.kind) {
    case "pointer":
      out.u8(phases.indexOf(event.phase));
      out.u8(pointers.indexOf(event.pointer));
      out.varint(event.id);
      out.f32(event.x);
      out.f32(event.y);
      out.u8(event.button);
      out.u8(event.modifiers);
      out.u8(Math.min(event.clicks, 255));
      break;
    case "key":
      out.u8(keyPhases.indexOf(event.phase));
      out.string(event.key);
      out.string(event.code);
      out.u8(event.modifiers);
      break;
    case "text":
      out.u8(event.pasted ? 1 : 0);
      out.string(event.text);
      break;
    case "select":
      out.varint(event.id);
      out.varint(event.indices.length);
      for (const index of event.indices) out.varint(index);
      break;
    case "value":
      out.varint(event.id);
      out.u8(event.done ? 1 : 0);
      out.string(event.value);
      break;
    case "scroll":
      out.varint(event.id);
      out.signed(Math.round(event.left));
      out.signed(Math.round(event.top));
      break;
    case "wheel":
      out.varint(event.id);
      out.f32(event.x);
      out.f32(event.y);
      out.signed(Math.round(event.dx));
      out.signed(Math.round(event.dy));
      out.u8(event.modifiers);
      break;
    case "history":
      out.u8(moves.indexOf(event.go));
      break;
  }
  return out.take();
}

/** Whether an input payload scrolls and does nothing else: then a grant of level `scroll` carries it. */
export function isScrollInput(payload: Uint8Array): boolean {
  return payload[0] === kinds.scroll || payload[0] === kinds.wheel;
}

/** Throws `MalformedFrameError` on bytes that are no input frame. */
export function decodeInput(payload: Uint8Array): AgentInputEvent {
  const input = new ByteReader(payload);
  switch (input.u8()) {
    case kinds.pointer:
      return {
        kind: "pointer",
        phase: known(phases, input.u8()),
        pointer: known(pointers, input.u8()),
        id: input.varint(),
        x: fraction(input.f32()),
        y: fraction(input.f32()),
        button: input.u8(),
        modifiers: input.u8(),
        clicks: input.u8(),
      };
    case kinds.key:
      return {
        kind: "key",
        phase: known(keyPhases, input.u8()),
        key: short(input.string(), 32),
        code: short(input.string(), 32),
        modifiers: input.u8(),
      };
    case kinds.text:
      return { kind: "text", pasted: input.u8() === 1, text: short(input.string(), INPUT_TEXT_LENGTH) };
    case kinds.select: {
      const id = input.varint();
      const indices: number[] = [];
      const count = input.varint();
      if (count > MOST_INDICES) throw new MalformedFrameError("too many choices");
      for (let i = 0; i < count; i++) indices.push(input.varint());
      return { kind: "select", id, indices };
    }
    case kinds.value: {
      const id = input.varint();
      const done = input.u8() === 1;
      return { kind: "value", id, done, value: short(input.string(), INPUT_TEXT_LENGTH) };
    }
    case kinds.scroll:
      return { kind: "scroll", id: input.varint(), left: input.signed(), top: input.signed() };
    case kinds.wheel:
      return {
        kind: "wheel",
        id: input.varint(),
        x: fraction(input.f32()),
        y: fraction(input.f32()),
        dx: input.signed(),
        dy: input.signed(),
        modifiers: input.u8(),
      };
    case kinds.history:
      return { kind: "history", go: known(moves, input.u8()) };
    default:
      throw new MalformedFrameError("unknown input");
  }
}

export function encodePointer(event: PointerEventFrame): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(16);
  if (event.kind === "gone") {
    out.u8(0);
  } else {
    out.u8(1);
    out.varint(event.id);
    out.f32(event.x);
    out.f32(event.y);
  }
  return out.take();
}

/** Throws `MalformedFrameError` on bytes that are no pointer frame. */
export function decodePointer(payload: Uint8Array): PointerEventFrame {
  const input = new ByteReader(payload);
  switch (input.u8()) {
    case 0:
      return { kind: "gone" };
    case 1:
      return { kind: "at", id: input.varint(), x: fraction(input.f32()), y: fraction(input.f32()) };
    default:
      throw new MalformedFrameError("unknown pointer");
  }
}

function fraction(value: number): number {
  if (!(value >= -0.01 && value <= 1.01)) throw new MalformedFrameError("position outside the element");
  return Math.min(Math.max(value, 0), 1);
}

function short(value: string, most: number): string {
  if (value.length > most) throw new MalformedFrameError("text too long");
  return value;
}

function known<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new MalformedFrameError("unknown kind of input");
  return value;
}
