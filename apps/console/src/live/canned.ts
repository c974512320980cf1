import { language, text } from "../text.ts";

const KEY = "copane.canned";
/** A desk keeps at most so many lines. */
const MOST = 30;

/** The lines that this agent often writes; some to begin with, in the language of the desk. */
export function cannedLines(): readonly string[] {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept !== null) return linesOf(kept);
  } catch {
    // Blocked storage: the ones to begin with.
  }
  return text.cannedFirst.split("|");
}

/** @param written one line each */
export function storeCanned(written: string): void {
  try {
    localStorage.setItem(KEY, linesOf(written).join("\n"));
  } catch {
    console.warn(`copane: this browser keeps no canned lines (${language})`);
  }
}

function linesOf(written: string): string[] {
  return written
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, MOST);
}
