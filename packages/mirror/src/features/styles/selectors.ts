import { PICTURE, UNLOADED } from "../../core/tree/elements.ts";

/**
 * States of the customer's elements that elements of the replica cannot be given. Rules that depend on one are
 * read with an attribute in place of the pseudo-class, and the attribute is set.
 */
export const stateAttributes = {
  hover: "data-copane-hover",
  active: "data-copane-active",
  focus: "data-copane-focus",
  focusVisible: "data-copane-focus-visible",
  focusWithin: "data-copane-focus-within",
  target: "data-copane-target",
  fullscreen: "data-copane-fullscreen",
  userInvalid: "data-copane-user-invalid",
  userValid: "data-copane-user-valid",
  autofill: "data-copane-autofill",
} as const;

const stateClass =
  /:(?:-webkit-)?(hover|active|focus-visible|focus-within|focus|target|fullscreen|user-invalid|user-valid|autofill)(?![\w-])/g;

/** States that the bullets in a masked field would change: there attributes say what they are, or are not. */
const maskedState = /:(valid|invalid|placeholder-shown|in-range|out-of-range)(?![\w-])/g;

/** The attribute of a list that is open in the page, and cannot be opened in the replica. */
export const OPEN = "data-copane-open";

const openState = /:open(?![\w-])/g;

/** No browser shows a selection where the focus is not: a highlight of this name shows the customer's. */
export const SELECTION = "copane-selection";

const selection = /::selection(?![\w-])/g;

/** An address in a selector. */
const sourced = /\[src(?=[~|^$*\]=])/g;

/** Longest part of a selector between the name of a frame and its address. */
const MOST_BETWEEN = 99;

/** Whether the address at a place is that of a frame. */
function isOfFrame(selector: string, at: number): boolean {
  const before = selector.slice(Math.max(0, at - MOST_BETWEEN), at);
  return /\bi?frame/.test(
    before.slice(1 + Math.max(...[..." >+~,"].map((mark) => before.lastIndexOf(mark)))),
  );
}

function asksForFrame(selector: string): boolean {
  for (const { index } of selector.matchAll(sourced)) if (isOfFrame(selector, index)) return true;
  return false;
}

const pictured = /(?<![\w.#:[-])(canvas|img)(?![\w(-])/g;

const painted = /(?<![\w.#:[-])canvas(?![\w(-])/;

/** Whether a rule with this selector means something else in a replica than in the page. */
export function meansOther(selector: string): boolean {
  stateClass.lastIndex = 0;
  pictured.lastIndex = 0;
  maskedState.lastIndex = 0;
  return (
    stateClass.test(selector) ||
    maskedState.test(selector) ||
    selector.search(openState) >= 0 ||
    asksForFrame(selector) ||
    pictured.test(selector) ||
    selector.includes("::selection")
  );
}

/** Whether the replica needs a rule with this selector beside a sheet that it cannot read. */
export function needsAside(selector: string): boolean {
  return (
    asksForFrame(selector) ||
    [stateClass, maskedState, openState, painted, selection].some((means) => selector.search(means) >= 0)
  );
}

const noticed =
  /:(?:-webkit-)?(?:hover|active|focus|target|fullscreen|user-(?:in)?valid|autofill|:selection|(?:in)?valid|placeholder-shown|open|(?:in|out-of)-range)|\[src(?=[~|^$*\]=])|(?<![\w.#:[-])(?:canvas|img)(?![\w(-])/gi;

/**
 * Where in a sheet's text the next selector may be that `needsAside` or `ofStandIns` are about; Infinity for
 * nowhere.
 */
export function nextNoticed(css: string, from: number): number {
  noticed.lastIndex = from;
  return noticed.exec(css)?.index ?? Number.POSITIVE_INFINITY;
}

/** A selector whose subject is `img`, and no more brackets than those of attributes. */
const picturing = /(^|[\s>+~])img(?=[.:[#]|$)([^\s>+~()]*)$/;

/** The same selector for the pictures that stand in for canvases; undefined where it is about something else. */
export function ofStandIns(selector: string): string | undefined {
  return picturing.test(selector) ? selector.replace(picturing, `$1img:where([${PICTURE}])$2`) : undefined;
}

/** Whether a rule is about canvases, or what stands in for them. */
export function aboutCanvases(rule: string): boolean {
  return rule.includes("canvas") || rule.includes(PICTURE);
}

/**
 * The selector as a replica must read it: attributes for states (an attribute is as specific as a pseudo-class),
 * the highlight of the customer's selection beside the agent's own, and the pictures that stand in for canvases where
 * it says `canvas`, not where it says `img`.
 */
export function inReplica(selector: string): string {
  let selected = selector.replace(stateClass, "[data-copane-$1]");
  // Read before, when the environment was another.
  if (!selected.includes("data-copane-not-"))
    selected = selected.replace(maskedState, ":is(:$1:where(:not([data-copane-not-$1])),[data-copane-$1])");
  if (!selected.includes(OPEN)) selected = selected.replace(openState, `:is(:open,[${OPEN}])`);
  selected = selected.replace(sourced, (asked, at: number, whole: string) =>
    isOfFrame(whole, at) ? `[${UNLOADED}` : asked,
  );
  const highlighted = selected.replace(selection, `::highlight(${SELECTION})`);
  if (highlighted !== selected && !selected.includes(SELECTION)) selected += `,${highlighted}`;
  // Read before, when the environment was another.
  if (selected.includes(PICTURE)) return selected;
  return selected.replace(pictured, (_, tag: string) =>
    tag === "img" ? `img:where(:not([${PICTURE}]))` : `:is(canvas,img:where([${PICTURE}]))`,
  );
}
