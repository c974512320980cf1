import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { writeAssign } from "./wire.ts";

/** Slots of shadow roots in which scripts say what stands where (`slotAssignment: "manual"`). */
export class SlotsCapture implements CaptureFeature {
  readonly tags = ["slot"];
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  /** What the viewers have. */
  readonly #sent = new Map<HTMLSlotElement, string>();

  constructor(nodes: NodeTable, writer: MirrorWriter, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#sent.clear();
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, ["slotchange"], this.#onChange, options);
  }

  element(slot: Element): void {
    this.#sent.set(slot as HTMLSlotElement, "");
  }

  poll(): boolean {
    for (const [slot, sent] of this.#sent) if (this.#assigned(slot).join(" ") !== sent) return true;
    return false;
  }

  flush(): void {
    for (const [slot, sent] of this.#sent) {
      const id = this.#nodes.idOf(slot);
      if (!id) this.#sent.delete(slot);
      const nodes = id ? this.#assigned(slot) : [];
      if (!id || nodes.join(" ") === sent) continue;
      this.#sent.set(slot, nodes.join(" "));
      writeAssign(this.#writer, id, nodes);
    }
  }

  #assigned(slot: HTMLSlotElement): number[] {
    return dom
      .assignedNodes(slot)
      .map((node) => this.#nodes.idOf(node))
      .filter(Boolean);
  }
}
