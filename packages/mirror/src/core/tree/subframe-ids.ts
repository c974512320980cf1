/**
 * Ids of nodes in subframes of other origins. Each such page has a stream and ids of its own. To the page outside, and
 * so to the agent, its nodes have numbers beyond all of these, of which a part is the number of the subframe. A
 * subframe of such a page goes on in the same way, three levels deep.
 */
const OWN_IDS = 2 ** 32;

const NUMBERS = 128;

/** Subframes of other origins that one page can have mirrored at once. */
export const MOST_SUBFRAMES = NUMBERS - 1;

const LEVELS = 3;

/** The id that a node of the page in subframe `number` has outside of it; 0 when it lies too deep. */
export function subframeId(number: number, id: number): number {
  const path = Math.floor(id / OWN_IDS) * NUMBERS + number;
  return id > 0 && path < NUMBERS ** LEVELS ? path * OWN_IDS + (id % OWN_IDS) : 0;
}

/** The subframe and the id in it behind such an id; undefined for a node that is in no subframe of another origin. */
export function idInSubframe(id: number): { number: number; id: number } | undefined {
  const path = Math.floor(id / OWN_IDS);
  if (path === 0) return undefined;
  return { number: path % NUMBERS, id: Math.floor(path / NUMBERS) * OWN_IDS + (id % OWN_IDS) };
}
