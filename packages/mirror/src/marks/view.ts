import { parseColor } from "./color.ts";
import type { Brush } from "./pad.ts";
import type { MarkStore } from "./store.ts";
import type { MarkSettings } from "./types.ts";
import { groupOf, type Mark, markLimits } from "./wire.ts";

/** A laser's trail is gone after this time. */
const LASER_MS = 1_200;

/** Stroke where a caller gives none. */
const WIDTH = 5;

const RED = 0xff0000;
const YELLOW = 0xffff00;

/** What the settings make of strokes. */
export function brushOf({ enabled, drawing, style }: MarkSettings): Brush | undefined {
  if (!enabled || !drawing) return undefined;
  const { shape, color, width, fadeMs } = style;
  return {
    kind: shape,
    color: parseColor(color) ?? RED,
    // Callers may give numbers as text, or beyond what can be drawn.
    width: Math.min(Math.max(Math.round(Number(width)) || WIDTH, 1), markLimits.width),
    fadeMs: shape === "laser" ? LASER_MS : Math.min(Math.max(Number(fadeMs) || 0, 0), markLimits.fadeMs),
  };
}

export function markerColor({ markerColor: color }: MarkSettings): number {
  return parseColor(color) ?? YELLOW;
}

export function highlightColor({ highlightColor: color }: MarkSettings): number {
  return parseColor(color) ?? YELLOW;
}

export function isHidden({ hidden }: MarkSettings, { owner, kind }: Mark): boolean {
  return hidden.has(`${owner === 0 ? "customer" : "agent"} ${groupOf(kind)}`);
}

/** How many marks stand of this participant and of the others. */
export function countMarks(store: MarkStore, you: number): { own: number; others: number } {
  const counts = { own: 0, others: 0 };
  for (const { mark } of store.all) {
    if (groupOf(mark.kind) === "highlights" || mark.kind === "laser") continue;
    if (mark.owner === you) counts.own++;
    else counts.others++;
  }
  return counts;
}

/** Keys go up from a random one: a reloaded page must not meet its own from before. */
export function keys(): () => number {
  let next = 16 + Math.floor(Math.random() * 0x3fff_ffff);
  return () => next++;
}
