import type { Side, Viewer } from "@copane/e2e";
import type { Browser, Page } from "playwright-core";

/** What is compared: one way to take a page to somebody else, or none at all. */
export interface Tool {
  readonly name: ToolName;
  /** Part of the address of the script whose time in the page counts as the tool's; none when it has none. */
  readonly script?: string;
  /** Opens a corpus page in a fresh profile; the tool does nothing yet that its users could wait with. */
  open(browser: Browser, url: string): Promise<Run>;
  close(): Promise<void>;
}

export type ToolName = "none" | "copane" | "mirror" | "rrweb" | "openreplay";

/** A page with one tool on it. */
export interface Run {
  readonly page: Page;
  readonly customer: Side;
  /** Where the page is shown; undefined for a tool whose player cannot be had. */
  readonly viewer: Viewer | undefined;
  /** Begins to mirror; resolves when the first complete picture stands at the viewer, if there is one. */
  start(): Promise<void>;
  /** Takes away what would lie over the page in the scripted use; between the figures of the start and of the use. */
  clearTheWay?(): Promise<void>;
  /** Bytes that left the customer's page for the viewer so far. */
  bytes(): Promise<Bytes>;
  /**
   * Another customer on the same page, with the same viewer, whose session with this one is over. Undefined for a
   * tool that keeps nothing from one session to the next.
   */
  next?(): Promise<Pick<Run, "page" | "start" | "bytes" | "close">>;
  /** Loads the page once more, in the same session. Undefined for a tool that begins anew there. */
  further?(): Promise<void>;
  /** Errors that the page or the tool threw. */
  errors(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Bytes {
  /** As the tool makes them. */
  raw: number;
  /** As they would cross a wire that deflates: for us, as they do cross it. */
  wire: number;
}
