import { ByteReader, ByteWriter, MalformedFrameError } from "@copane/protocol";

/**
 * Marks: what people draw, mark and point at in the page, in marks frames. They hang on mirrored nodes, so
 * they stay where they belong through scroll, resize and reflow. The customer's page keeps the set; agents
 * send what they want changed, and it answers all viewers with what came of it.
 */
export const markKinds = [
  "rectangle",
  "circle",
  "freehand",
  "arrow",
  "text",
  /** A stroke that fades at once: the laser pointer's trail. */
  "laser",
  /** Marked text that stays. */
  "marker",
  /** The text somebody has selected. */
  "selection",
  /** The element somebody points at. */
  "element",
] as const;
export type MarkKind = (typeof markKinds)[number];

/** Kinds that are drawn: strokes with points. */
export type ShapeKind = Extract<MarkKind, "rectangle" | "circle" | "freehand" | "arrow" | "text" | "laser">;

/** Which marks a clear or a hide means. */
export type MarkGroup = "annotations" | "markers" | "highlights";

export interface Mark {
  /** Who made it: 0 the customer, agents from 1. Towards the customer's page the frame's peer counts, not this. */
  owner: number;
  /** Chosen by the owner, unique among the owner's marks. */
  key: number;
  kind: MarkKind;
  /** 0xRRGGBB. */
  color: number;
  /** Milliseconds until it goes by itself; 0 = it stays. */
  fadeMs: number;
  /** Mirror id of the element it hangs on, or of the text node where it begins. */
  anchor: number;
  /** Of strokes: their width in CSS pixels. Others: 0. */
  width: number;
  /** Of strokes: x, y pairs in units of 1 / `MARK_UNITS` of the anchor's box, from its left top corner. */
  points: readonly number[];
  /** Of the text shape: what it says. */
  text: string;
  /** Of marked text: offset in the anchor, and where it ends. */
  start: number;
  endAnchor: number;
  end: number;
}

/** What a mark holds that its kind does not use. */
export const blankMark = {
  owner: 0,
  key: 0,
  fadeMs: 0,
  anchor: 0,
  width: 0,
  points: [],
  text: "",
  start: 0,
  endAnchor: 0,
  end: 0,
} satisfies Partial<Mark>;

/** Keys of the marks that each participant has one of. */
export const SELECTION_KEY = 1;
export const ELEMENT_KEY = 2;

export type MarkMessage =
  /** A new mark, or the whole of one that changed. */
  | { op: "put"; mark: Mark }
  /** More points of a stroke; a shape of two corners has its second one moved to the last of them. */
  | { op: "extend"; owner: number; key: number; points: readonly number[] }
  | { op: "remove"; owner: number; key: number }
  | { op: "clear"; owner: number; group: MarkGroup }
  /** Everything there is: what the viewer had before is void. */
  | { op: "set"; marks: readonly Mark[] }
  /** Viewer to customer: send me the set. */
  | { op: "want" }
  /** Customer to one viewer: its mark was not accepted. */
  | { op: "refuse"; key: number };

/** Points are counted in this fraction of a box: a third of a pixel in a page of 100 000. */
export const MARK_UNITS = 262_144;

/** Bounds of one mark and of the set; the customer's page refuses what is beyond. */
export const markLimits = {
  /** Marks of one participant; the oldest makes room for a new one. */
  marks: 200,
  /** Points of one stroke. */
  points: 2_000,
  /** Points of one participant's strokes together. */
  allPoints: 20_000,
  /** Length of a written note, in UTF-16 units. */
  text: 200,
  /** Widest stroke, in CSS pixels. */
  width: 60,
  /** Longest time until a mark fades, in milliseconds. */
  fadeMs: 600_000,
} as const;

const ops = ["put", "extend", "remove", "clear", "set", "want", "refuse", "click"] as const;
// Indices in `ops`: these the customer's page reads and writes without loading all of this.
const SET = 4;
const WANT = 5;
const CLICK = 7;
const groups: readonly MarkGroup[] = ["annotations", "markers", "highlights"];

/** Answers `want` where nothing was ever marked: the set of nothing. */
export const NO_MARKS = new Uint8Array([SET, 0]);

/** `want`, as a viewer asks. */
export const WANT_MARKS = new Uint8Array([WANT]);

/** The mark that shows the agents what the customer clicked, in the colour of highlights where nobody chose another. */
export function clickMark(anchor: number): Mark {
  return { ...blankMark, kind: "element", key: ELEMENT_KEY, color: 0xffff00, fadeMs: 2_000, anchor };
}

/** `put` of a `clickMark`, in as few bytes as it takes. */
export function encodeClick(anchor: number): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(8);
  out.u8(CLICK);
  out.varint(anchor);
  return out.take();
}

/** Whether a payload is no more than a viewer's question for the set. */
export function asksForMarks(payload: Uint8Array): boolean {
  return payload[0] === WANT;
}

export function groupOf(kind: MarkKind): MarkGroup {
  if (kind === "marker") return "markers";
  return kind === "selection" || kind === "element" ? "highlights" : "annotations";
}

export function encodeMarks(message: MarkMessage): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(64);
  out.u8(ops.indexOf(message.op));
  switch (message.op) {
    case "put":
      writeMark(out, message.mark);
      break;
    case "extend":
      out.varint(message.owner);
      out.varint(message.key);
      writePoints(out, message.points);
      break;
    case "remove":
      out.varint(message.owner);
      out.varint(message.key);
      break;
    case "clear":
      out.varint(message.owner);
      out.u8(groups.indexOf(message.group));
      break;
    case "set":
      out.varint(message.marks.length);
      for (const mark of message.marks) writeMark(out, mark);
      break;
    case "refuse":
      out.varint(message.key);
      break;
  }
  return out.take();
}

/** Throws `MalformedFrameError` on bytes that are no marks frame, and on marks beyond their limits. */
export function decodeMarks(payload: Uint8Array): MarkMessage {
  const input = new ByteReader(payload);
  switch (ops[input.u8()]) {
    case "put":
      return { op: "put", mark: readMark(input) };
    case "extend":
      return { op: "extend", owner: input.varint(), key: input.varint(), points: readPoints(input) };
    case "remove":
      return { op: "remove", owner: input.varint(), key: input.varint() };
    case "clear": {
      const owner = input.varint();
      const group = groups[input.u8()];
      if (group === undefined) throw new MalformedFrameError("unknown group of marks");
      return { op: "clear", owner, group };
    }
    case "set": {
      const marks: Mark[] = [];
      for (let count = input.varint(); count > 0; count--) marks.push(readMark(input));
      return { op: "set", marks };
    }
    case "want":
      return { op: "want" };
    case "refuse":
      return { op: "refuse", key: input.varint() };
    case "click":
      return { op: "put", mark: clickMark(input.varint()) };
    default:
      throw new MalformedFrameError("unknown marks message");
  }
}

function writeMark(out: ByteWriter, mark: Mark): void {
  out.u8(markKinds.indexOf(mark.kind));
  out.varint(mark.owner);
  out.varint(mark.key);
  out.varint(mark.color);
  out.varint(Math.round(mark.fadeMs));
  out.varint(mark.anchor);
  switch (mark.kind) {
    case "element":
      break;
    case "marker":
    case "selection":
      out.varint(mark.start);
      out.varint(mark.endAnchor);
      out.varint(mark.end);
      break;
    default:
      out.u8(mark.width);
      writePoints(out, mark.points);
      out.string(mark.text);
  }
}

function readMark(input: ByteReader): Mark {
  const kind = markKinds[input.u8()];
  if (kind === undefined) throw new MalformedFrameError("unknown kind of mark");
  const mark: Mark = {
    ...blankMark,
    kind,
    owner: input.varint(),
    key: input.varint(),
    color: within(input.varint(), 0xff_ff_ff),
    fadeMs: within(input.varint(), markLimits.fadeMs),
    anchor: input.varint(),
  };
  if (kind === "element") return mark;
  if (kind === "marker" || kind === "selection") {
    mark.start = input.varint();
    mark.endAnchor = input.varint();
    mark.end = input.varint();
    return mark;
  }
  mark.width = within(input.u8(), markLimits.width);
  mark.points = readPoints(input);
  mark.text = input.string();
  within(mark.text.length, markLimits.text);
  return mark;
}

/** Each point as its difference to the one before: strokes are short steps. */
function writePoints(out: ByteWriter, points: readonly number[]): void {
  const count = points.length >> 1;
  out.varint(count);
  for (let i = 0; i < count * 2; i++)
    out.signed((points[i] as number) - (i < 2 ? 0 : (points[i - 2] as number)));
}

function readPoints(input: ByteReader): number[] {
  const count = within(input.varint(), markLimits.points);
  const points: number[] = [];
  for (let i = 0; i < count * 2; i++) {
    const at = input.signed() + (i < 2 ? 0 : (points[i - 2] as number));
    // Marks may reach beyond the box they hang on, not to infinity.
    if (Math.abs(at) > 2 ** 40) throw new MalformedFrameError("a point lies too far out");
    points.push(at);
  }
  return points;
}

function within(value: number, most: number): number {
  if (value > most) throw new MalformedFrameError("a mark is beyond its limits");
  return value;
}
