export const engineNames = ["chromium", "firefox", "webkit"] as const;

export type EngineName = (typeof engineNames)[number];

/** A point of a page's viewport, in CSS pixels. */
export type At = readonly [x: number, y: number];

/** A running browser of one engine. Its pages have the focus one at a time: use two browsers for two people. */
export interface Engine {
  readonly name: EngineName;
  /** Opens a page of the given size, in CSS pixels. What is stored is shared by pages of one origin, in WebKit. */
  open(url: string, size?: { width: number; height: number }): Promise<EnginePage>;
  close(): Promise<void>;
}

/** One page, driven in the same way in every engine. Keys and pointer are the browser's own, so events are trusted. */
export interface EnginePage {
  readonly engine: EngineName;
  goto(url: string): Promise<void>;
  /** Calls a function in the page. It sees nothing outside of itself; arguments and result cross as JSON. */
  evaluate<A extends readonly unknown[], R>(work: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** Waits until a function in the page gives something true, and gives that. Rejects after ten seconds. */
  waitFor<A extends readonly unknown[], R>(work: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** Presses keys one after the other, each written as `a`, `Enter` or `Control+Shift+ArrowLeft`. */
  press(...keys: string[]): Promise<void>;
  /** Types a text, letter by letter. */
  type(text: string): Promise<void>;
  readonly mouse: EngineMouse;
  /** A PNG of the viewport. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface EngineMouse {
  move(at: At): Promise<void>;
  click(at: At, options?: { count?: number; button?: "left" | "middle" | "right" }): Promise<void>;
  /** Presses at the first point, moves through the others and lets go at the last. */
  drag(...path: At[]): Promise<void>;
}
