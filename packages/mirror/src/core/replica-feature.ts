import type { OperationHandlers } from "./codec/reader.ts";

/** Shows one kind of thing in a page of the replica. All of it is optional: a feature has what it needs. */
export interface ReplicaFeature {
  /** The operations that it takes. */
  readonly handlers?: OperationHandlers;
  /** A document of the page stands, still empty; again, if it was emptied. */
  document?(document: Document): void;
  shadowRoot?(root: ShadowRoot): void;
  /** A new element stands in its place, with its attributes. */
  element?(element: Element): void;
  /** An attribute was set. */
  attribute?(element: Element, name: string): void;
  /** Something that an element names has loaded, or could not. */
  loaded?(element: Element): void;
  failed?(element: Element): void;
  /** The text of a `<style>` came, or changed. */
  styleText?(id: number, text: string): void;
  /** Nodes have left the page, in the frame that was applied just now: what hangs on them is let go of. */
  removed?(): void;
  /** A frame was applied. */
  applied?(): void;
  /** Whether the agent sees the customer's scroll positions. */
  setFollowing?(on: boolean): void;
  destroy?(): void;
}
