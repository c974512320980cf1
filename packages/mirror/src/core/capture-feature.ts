import type { Privacy } from "../privacy/verdict.ts";
import type { MirrorWriter } from "./codec/writer.ts";
import type { EarlyFinds } from "./early-finds.ts";
import type { Budget } from "./flow/budget.ts";
import type { ListenOptions, OnError } from "./guard.ts";
import type { NodeRecord, NodeTable } from "./tree/node-table.ts";

/** Follows one kind of thing in the customer's page that is not markup. */
export interface CaptureFeature {
  /** Names of the elements that it hears of. */
  readonly tags?: readonly string[];
  /** The viewers know nothing from here on. */
  beginEpoch(): void;
  /** Listens in a document or shadow root. May be called again: the page can have erased all listeners. */
  listen?(root: Document | ShadowRoot, options: ListenOptions): void;
  /** A document or shadow root that the viewers are given. */
  root?(root: Document | ShadowRoot): void;
  /** One of its elements, which the viewers have just received. */
  element?(element: Element, record: NodeRecord): void;
  /** Looks for what no event tells; true when something is pending. */
  poll?(): boolean;
  /** It follows what changes without any event (a canvas): it must not be polled less often. */
  readonly restless?: boolean;
  /** Writes what is pending; the nodes it names are there. False when the budget ended first. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most have nothing to say
  flush(): boolean | void;
  stop?(): void;
}

/** What features work with. */
export interface CaptureParts {
  window: Window & typeof globalThis;
  nodes: NodeTable;
  writer: MirrorWriter;
  budget: Budget;
  privacy: Privacy;
  early: EarlyFinds;
  now: () => number;
  /** Something is pending: a flush should come soon. */
  onChange: () => void;
  /** Hears of a fault of the engine: of what runs by itself, by a timer or a promise. */
  onError: OnError;
}

/** Which feature hears of an element, by its name. */
export function featuresByTag(features: readonly CaptureFeature[]): ReadonlyMap<string, CaptureFeature> {
  return new Map(features.flatMap((feature) => (feature.tags ?? []).map((tag) => [tag, feature])));
}
