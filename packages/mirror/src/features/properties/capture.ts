import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import type { EarlyFinds } from "../../core/early-finds.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { writeRegisterProperty } from "./wire.ts";

/** Custom properties that scripts registered; those of stylesheets (`@property`) the replica has by these. */
export class PropertiesCapture implements CaptureFeature {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #found: EarlyFinds["properties"];
  /** How many the viewers have of each document. */
  readonly #sent = new Map<Document, number>();

  constructor(nodes: NodeTable, writer: MirrorWriter, found: EarlyFinds["properties"]) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#found = found;
  }

  beginEpoch(): void {
    for (const document of this.#sent.keys()) this.#sent.set(document, 0);
  }

  root(root: Document | ShadowRoot): void {
    if ("defaultView" in root) this.#sent.set(root, 0);
  }

  poll(): boolean {
    for (const [document, sent] of this.#sent)
      if (sent < (this.#found.get(document)?.length ?? 0)) return true;
    return false;
  }

  flush(): void {
    for (const [document, sent] of this.#sent) {
      const id = this.#nodes.idOf(document);
      if (!id) this.#sent.delete(document);
      const found = (id && this.#found.get(document)) || [];
      for (const definition of found.slice(sent)) writeRegisterProperty(this.#writer, id, definition);
      if (id) this.#sent.set(document, found.length);
    }
  }
}
