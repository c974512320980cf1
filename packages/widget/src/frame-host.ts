/** Mirrors pages of other origins in frames of the customer's page: loaded where the site names such origins. */
export { FrameHost } from "@copane/mirror/subframes";
