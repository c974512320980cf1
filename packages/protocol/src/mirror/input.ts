import { ByteReader, ByteWriter, MalformedFrameError } from "../binary.ts";

/** Keys held during a pointer or key event, as bits. */
export const Modifier = { shift: 1, control: 2, alt: 4, meta: 8 } as const;

/**
 * What the agent does, in input frames. Nodes are named by mirror id; `x` and `y` are fractions (0 to 1)
 * of the element's box, so that they mean the same spot whatever the two layouts measure.
 */
export type AgentInputEvent =
  | {
      kind: "pointer";
      phase: PointerPhase;
      id: number;
      x: number;
      y: number;
      /** DOM button number. */
      button: number;
      modifiers: number;
      /** How many clicks in a row this one is. */
      clicks: number;
    }
  | { kind: "key"; phase: "down" | "up"; key: string; code: string; modifiers: number }
  /** Text that came as a whole: pasted, or composed by an input method. */
  | { kind: "text"; text: string }
  | { kind: "select"; id: number; indices: number[] }
  | { kind: "scroll"; id: number; left: number; top: number };

export type PointerPhase = "down" | "move" | "up" | "cancel";

/** Where the agent points, in pointer frames; `gone` when the pointer left the page. */
export type PointerEventFrame = { kind: "at"; id: number; x: number; y: number } | { kind: "gone" };

/** Longest text in one input frame, in UTF-16 units. */
export const INPUT_TEXT_LENGTH = 20_000;

const kinds = { pointer: 1, key: 2, text: 3, select: 4, scroll: 5 } as const;
const phases: readonly PointerPhase[] = ["down", "move", "up", "cancel"];

export function encodeInput(event: AgentInputEvent): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(64);
  out.u8(kinds[event.kind]);
  switch (event.kind) {
    case "pointer":
      out.u8(phases.indexOf(event.phase));
      out.varint(event.id);
      out.f32(event.x);
      out.f32(event.y);
      out.u8(event.button);
      out.u8(event.modifiers);
      out.u8(Math.min(event.clicks, 255));
      break;
    case "key":
      out.u8(event.phase === "down" ? 1 : 0);
      out.string(event.key);
      out.string(event.code);
      out.u8(event.modifiers);
      break;
    case "text":
      out.string(event.text);
      break;
    case "select":
      out.varint(event.id);
      out.varint(event.indices.length);
      for (const index of event.indices) out.varint(index);
      break;
    case "scroll":
      out.varint(event.id);
      out.signed(Math.round(event.left));
      out.signed(Math.round(event.top));
      break;
  }
  return out.take();
}

/** Whether an input payload scrolls and does nothing else: then a grant of level `scroll` carries it. */
export function isScrollInput(payload: Uint8Array): boolean {
  return payload[0] === kinds.scroll;
}

/** Throws `MalformedFrameError` on bytes that are no input frame. */
export function decodeInput(payload: Uint8Array): AgentInputEvent {
  const input = new ByteReader(payload);
  switch (input.u8()) {
    case kinds.pointer: {
      const phase = phases[input.u8()];
      if (phase === undefined) throw new MalformedFrameError("unknown pointer phase");
      return {
        kind: "pointer",
        phase,
        id: input.varint(),
        x: fraction(input.f32()),
        y: fraction(input.f32()),
        button: input.u8(),
        modifiers: input.u8(),
        clicks: input.u8(),
      };
    }
    case kinds.key: {
      const phase = input.u8() === 1 ? "down" : "up";
      return {
        kind: "key",
        phase,
        key: short(input.string()),
        code: short(input.string()),
        modifiers: input.u8(),
      };
    }
    case kinds.text: {
      const text = input.string();
      if (text.length > INPUT_TEXT_LENGTH) throw new MalformedFrameError("text too long");
      return { kind: "text", text };
    }
    case kinds.select: {
      const id = input.varint();
      const indices: number[] = [];
      for (let count = input.varint(); count > 0; count--) indices.push(input.varint());
      return { kind: "select", id, indices };
    }
    case kinds.scroll:
      return { kind: "scroll", id: input.varint(), left: input.signed(), top: input.signed() };
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

function short(value: string): string {
  if (value.length > 32) throw new MalformedFrameError("key name too long");
  return value;
}
