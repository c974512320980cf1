/** What follows the rarer things of pages: loaded by the session once its page has some. */
export { RequestedFeatures } from "@copane/mirror/features";
