import type { NodeRecord } from "./node-table.ts";

/** Told of nodes as they enter the mirror, so that their state can be followed. */
export interface Discovery {
  /** `tag` is empty where it says nothing; `attributes` are flat name, value pairs as they were sent. */
  element(element: Element, record: NodeRecord, tag: string, attributes: readonly string[]): void;
  shadowRoot(root: ShadowRoot): void;
  document(frame: HTMLIFrameElement, document: Document): void;
  /** A node reached the viewers, new or moved. */
  placed(node: Node): void;
  /** Options came, went or moved: the replica's list chooses anew, by itself. */
  optionsChanged(list: Element): void;
}

/** Says what is written of a text; a large text of a style may follow later. */
export interface OutgoingTexts {
  outgoing(id: number, text: string, record: NodeRecord): string;
}
