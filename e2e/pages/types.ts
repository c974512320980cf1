import type { Page } from "playwright-core";
import type { Routes } from "../support/http.ts";

/** One page that others wrote, and what an agent does on it. */
export interface CorpusPage {
  name: string;
  path: string;
  /** Runs until the page stands still: fonts, charts and animations done. */
  ready?: (page: Page) => Promise<void>;
  /** A text field the agent types into. */
  field?: string;
  /** What the agent clicks, and what must then be true on the customer's page. */
  click?: { target: string; changed: (page: Page) => Promise<boolean> };
}

/** Pages that share one origin. */
export interface Corpus {
  name: string;
  pages: CorpusPage[];
  routes(): Promise<Routes>;
}
