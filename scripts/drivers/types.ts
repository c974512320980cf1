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

/** Mouse and keys in their single steps, for tests that hold a button or a key. */
export interface DriverMouse extends EngineMouse {
  down(): Promise<void>;
  up(): Promise<void>;
  /** Turns the wheel over a point. */
  wheel(at: At, right: number, down: number): Promise<void>;
}

/** A question that the page asks by a window of the browser's own. */
export interface NativeDialog {
  readonly type: string;
  readonly message: string;
  answer(accept: boolean, text?: string): Promise<void>;
}

/** A page that is driven by a WebDriver of either kind: what end-to-end tests need beyond `EnginePage`. */
export interface DriverPage extends EnginePage {
  readonly mouse: DriverMouse;
  /** Calls a function in the page, given as text, which sees nothing outside of itself. */
  run(work: string, ...args: unknown[]): Promise<unknown>;
  /** A script for each document that comes: before the page's own in Firefox, with the next call in WebKit. */
  preload(script: string): Promise<void>;
  hold(key: string): Promise<void>;
  release(key: string): Promise<void>;
  /** A tap with a finger. */
  tap(at: At): Promise<void>;
  reload(): Promise<void>;
  /** Goes back or forward by so many steps. */
  go(steps: number): Promise<void>;
  resize(size: { width: number; height: number }): Promise<void>;
  /** Tells each native dialog from now on. */
  onDialog(listener: (dialog: NativeDialog) => void): void;
}

/** An engine that a WebDriver drives. */
export interface DriverEngine extends Engine {
  open(url: string, size?: { width: number; height: number }): Promise<DriverPage>;
}
