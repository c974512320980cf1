/** What follows the rarer things of pages: loaded by the session once its page has some. */
export { RareWatchers } from "@copane/mirror/features";
