import { readableRules } from "./readable-rules.ts";

export type Edit = { kind: "insert"; index: number; rule: string } | { kind: "delete"; index: number };

/**
 * What the viewers have of a sheet before its edits: `compare` the rules of its markup, which these are compared
 * with; `anew` what does not count any more.
 */
export type Begin = "compare" | "anew";

/**
 * A sheet whose rules the viewers are given: they have its first `sent` rules, but for what is pending. What stands
 * behind them is still to be written, in slices.
 */
export interface FollowedSheet {
  readonly id: number;
  readonly sheet: CSSStyleSheet;
  /** The element whose sheet it was when it was first followed; a constructed one has none. */
  readonly owner: Element | null;
  begin: Begin | undefined;
  sent: number;
  edits: Edit[];
  /** Of its own rules those that say something else. */
  readonly changed: Set<CSSRule>;
  /** The viewers have it by a link, and nobody can edit that. */
  linked: boolean;
  /** What it imports is sent as its own rules. */
  flat: boolean;
  /** As the viewers have it; undefined while that is not known. */
  disabled: boolean | undefined;
  media: string;
  /** Only masked places adopt it: it leaves without what its rules say. */
  masked: boolean;
}

export function hasPending(followed: FollowedSheet): boolean {
  const { sheet, begin, edits, changed, sent } = followed;
  const count = readableRules(sheet)?.length ?? 0;
  return begin !== undefined || edits.length > 0 || changed.size > 0 || sent !== count;
}

export function stateDiffers({ sheet, disabled, media }: FollowedSheet): boolean {
  return sheet.disabled !== disabled || sheet.media.mediaText !== media;
}

/** All of it is written again. */
export function again(followed: FollowedSheet): void {
  followed.begin = "anew";
  followed.sent = 0;
  followed.edits = [];
  followed.changed.clear();
}
