import type { EarlyFinds } from "../capture/types.ts";
import type { MirrorWriter } from "./codec/writer.ts";
import type { Budget } from "./flow/budget.ts";
import type { NodeTable } from "./tree/node-table.ts";

/** How every listener of ours is added: before the page's own, and never in its way. */
export type ListenOptions = AddEventListenerOptions & { signal: AbortSignal };

/** Follows one kind of state that is not markup. */
export interface Watcher {
  /** A new epoch: the viewers know nothing. */
  clear(): void;
  /** Listens in a document or shadow root. May be called again: the page can have erased all listeners. */
  listen?(root: Document | ShadowRoot, options: ListenOptions): void;
  /** Looks for what no event tells; true when something is owed. */
  look?(): boolean;
  /** It follows what changes without any event (a canvas): looks must not become less often. */
  readonly restless?: boolean;
  /** Writes what is owed; the nodes it names are there. False when the budget ended first. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most have nothing to say
  flush(): boolean | void;
}

/** What watchers work with. */
export interface WatcherParts {
  window: Window & typeof globalThis;
  nodes: NodeTable;
  writer: MirrorWriter;
  budget: Budget;
  early: EarlyFinds;
  now: () => number;
  /** Something is owed: a flush should come soon. */
  onChange: () => void;
}
