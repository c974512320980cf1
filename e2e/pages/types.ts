import type { Page } from "playwright-core";
import type { Routes } from "../support/http.ts";

/** One page, what its user does on it, and what an agent does. */
export interface CorpusPage {
  name: string;
  path: string;
  /** Runs until the page stands still: fonts, charts and animations done. */
  ready?: (page: Page) => Promise<void>;
  /**
   * The customer's own use: a few seconds of typing, opening, sorting, scrolling. It ends with a page that
   * stands still, and it asks nothing of time: what it waits for is on the page.
   */
  use?: (page: Page) => Promise<void>;
  /** How long a recorder may take until its snapshot is made and sent, in milliseconds; 1,500 unless told. */
  settleMs?: number;
  /** A text field the agent types into. */
  field?: string;
  /** What the agent clicks, and what must then be true on the customer's page. */
  click?: { target: string; changed: (page: Page) => Promise<boolean> };
}

/** Pages that share one origin. */
export interface Corpus {
  name: string;
  /** What it is and what in it is hard to mirror. */
  about: string;
  /** The npm packages whose pages or components these are. None for stress pages of our own. */
  packages: string[];
  pages: CorpusPage[];
  routes(): Promise<Routes>;
}
