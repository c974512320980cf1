/** Marks what is ours in the customer's page: it is not the page's, and never mirrored. */
const OWN = Symbol.for("copane.own");

/** The agent's pointer, told apart from the customer's own (whose numbers are small). */
export const AGENT_POINTER = 1_001;

/** The attribute of what the agent's pointer is over. */
export const POINTED = "data-copane-pointed";

export function markOwn(sheet: CSSStyleSheet): void {
  Object.defineProperty(sheet, OWN, { value: true });
}

function isOwn(sheet: CSSStyleSheet): boolean {
  return OWN in sheet;
}

/** Of the sheets that a root adopts those that are the page's. */
export function ofPage(sheets: readonly CSSStyleSheet[]): readonly CSSStyleSheet[] {
  return sheets.some(isOwn) ? sheets.filter((sheet) => !isOwn(sheet)) : sheets;
}
