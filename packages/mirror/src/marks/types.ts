import type { Capture } from "../capture/types.ts";
import type { MarkGroup, MarkKind, ShapeKind } from "./wire.ts";

/** The page that marks hang on: the customer's own, or the replica of it. */
export interface MarkPage {
  /** The window whose viewport coordinates count from. */
  readonly window: Window & typeof globalThis;
  /** Id of the nearest mirrored node at or above; 0 when there is none. */
  nearestId(node: Node | null): number;
}

/** What the customer's half asks of the capture. */
export type MarkedCapture = Pick<Capture, "markableNode" | "operableNode" | "operable" | "nearestId">;

export interface DrawStyle {
  shape: ShapeKind;
  /** Any CSS colour without transparency. */
  color: string;
  /** Stroke in CSS pixels; a written note's size follows from it. */
  width: number;
  /** Milliseconds until what is drawn fades by itself; 0 = it stays. */
  fadeMs: number;
}

/** How this participant marks and what it wants to see; the engine is told the whole of it with each change. */
export interface MarkSettings {
  /** False: the session is paused or over, nothing may be marked. */
  enabled: boolean;
  /** While this participant draws, it does not operate the page. */
  drawing: boolean;
  style: DrawStyle;
  /** Selected text becomes a mark that stays. */
  marker: boolean;
  markerColor: string;
  textHighlight: boolean;
  elementHighlight: boolean;
  highlightColor: string;
  /** What is not shown here: whose, and which group of marks. */
  hidden: ReadonlySet<`${"agent" | "customer"} ${MarkGroup}`>;
  /** Words on the drawing surface, in this participant's language. */
  labels: MarkLabels;
}

export interface MarkLabels {
  /** Accessible name of the drawing surface. */
  pad: string;
  /** Accessible name of the field in which a note is written. */
  note: string;
}

export interface MarkEvents {
  /** The set changed: how many marks this participant and the others have (highlights not counted). */
  onChange(counts: { own: number; others: number }): void;
  /**
   * Somebody else points at, marks or draws on something. `name` is the accessible name of it; undefined
   * where it is protected. Only at the customer.
   */
  onPoint?(point: { owner: number; kind: MarkKind; name: string | undefined }): void;
  /** A mark of this participant was not accepted: its place is protected or gone. */
  onRefused?(): void;
  /** The person left the drawing surface by Escape. */
  onLeave(): void;
  onError?(error: unknown): void;
}

/** One participant's marks: what is drawn, shown and sent. */
export interface MarksEngine {
  configure(settings: MarkSettings): void;
  /** Payload of a marks frame. `peer`: at the customer the sending viewer, at agents without meaning. */
  receive(peer: number, payload: Uint8Array): void;
  /** Takes back what this participant marked last. */
  undo(): void;
  /** Removes this participant's marks of a group. */
  clear(group: MarkGroup): void;
  /** Viewers have a new picture of the page, or marks flow again: bring both sides together. */
  sync(): void;
  /** At the customer: the participants that are still in; marks of others go. */
  present?(numbers: ReadonlySet<number>): void;
  destroy(): void;
}
