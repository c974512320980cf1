/** What follows the rarer things of a page: a script of its own, for those pages that have some of them. */
export { RareWatchers } from "./on-request.ts";
