import type { PageState } from "./page-state.ts";

/** One side of a comparison: the customer's page, or a picture of it at an agent. */
export interface Side {
  state(): Promise<PageState>;
  screenshot(): Promise<Buffer>;
}

/** A side that shows what another did, and notes when it showed the marks of `measureLatency`. */
export interface Viewer extends Side {
  /** When each mark was first seen, in milliseconds since 1970. */
  seen(): Promise<Record<string, number>>;
}
