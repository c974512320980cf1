/** Types of content frames, as constants that bundlers put where they are used. */

/** Customer to viewers: snapshot slices and mutations. Refused while paused. */
export const mirror = 1 as const;
/** Viewer to customer: what of the page it could not load, or does not agree with. */
export const feedback = 2 as const;
/** Agent in control to customer: clicks, keys, scrolls. Refused without a grant of level `full`. */
export const input = 3 as const;
/** Viewer to customer: where the agent points. Needs no grant. */
export const pointer = 4 as const;
/** Both ways: what is drawn and marked in the page. Needs no grant; refused while paused. */
export const marks = 5 as const;
/** Customer to one viewer or all: what the page refused, and its native dialogs. Refused while paused. */
export const notice = 6 as const;
/** Agent in control to customer: scrolling and nothing else, so that a grant of level `scroll` carries it. */
export const scroll = 8 as const;
/** Agent to customer: one click or value to accept or decline. The server counts it as a command of the rules. */
export const propose = 9 as const;
/** Agent to customer and customer to agents: the chat line. The customer's page keeps the order. */
export const chat = 10 as const;
/** Agent to agents: never relayed to the customer. */
export const whisper = 11 as const;
/** Viewer to customer: every frame up to the one that the header names is applied. No payload. */
export const ack = 12 as const;
/** Viewer to customer: a fresh epoch is needed; the header names the last frame applied. No payload. */
export const resync = 13 as const;
