import type { Copane } from "@copane/widget/api";
import { load } from "@copane/widget/loader";
import { fetchPart } from "./parts.ts";

export type * from "@copane/widget/api";

/** While a page is rendered on a server there is nothing to share: settings are kept, and nothing begins. */
function withoutPage(): Copane {
  const refuse = () => Promise.reject(new Error("There is no page to share here."));
  return {
    state: "idle",
    id: undefined,
    key: undefined,
    agents: [],
    connection: undefined,
    controlled: false,
    init: () => {},
    identify: () => {},
    start: refuse,
    join: refuse,
    stop: () => Promise.resolve(),
    on: () => () => {},
    push: () => {},
  };
}

/** The one of the page: that of a script tag, if it was there before. */
function ofPage(): Copane {
  const { copane: before } = window;
  return before && !Array.isArray(before) ? before : load({}, fetchPart);
}

/** Help on this page: set `server` and what else is to be set, then `start()`, or leave it to the launcher. */
const copane: Copane = typeof document === "undefined" ? withoutPage() : ofPage();

export default copane;
