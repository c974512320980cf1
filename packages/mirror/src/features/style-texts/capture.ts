import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { Budget } from "../../core/flow/budget.ts";
import { sha256 } from "../../core/sha256.ts";
import { withLocalParts } from "../../core/tree/local-parts.ts";
import type { NodeRecord } from "../../core/tree/node-table.ts";
import { writeText } from "../../core/tree/wire.ts";
import { writeSheetText } from "../styles/wire.ts";
import { STYLE_TEXT_LENGTH, writeKnownText } from "./wire.ts";

interface Withheld {
  text: string;
  /** The text as the page has it. */
  data: string;
  /** Of a text node; a constructed sheet has none. */
  record: NodeRecord | undefined;
  /** What is to be told: a hash, empty until it is computed, or the text itself (`true`). */
  owed?: string | true | undefined;
}

/**
 * Large texts of styles while a page loads, or is sent for the first time: viewers are told which they are, and
 * who does not have one from an earlier page asks for it.
 */
export class StyleTextsCapture {
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #loading: () => boolean;
  readonly #onChange: () => void;
  /** By id, as long as a viewer may miss it. */
  readonly #withheld = new Map<number, Withheld>();

  /** @param loading what comes later would be seen without its style for a moment */
  constructor(writer: MirrorWriter, budget: Budget, loading: () => boolean, onChange: () => void) {
    this.#writer = writer;
    this.#budget = budget;
    this.#loading = loading;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#withheld.clear();
  }

  /** What is to be written of a text: all of it, or nothing yet. */
  outgoing(id: number, data: string, record?: NodeRecord): string {
    const text = record ? withLocalParts(data, record.node) : data;
    if (
      text.length < STYLE_TEXT_LENGTH ||
      !crypto.subtle ||
      !this.#loading() ||
      this.#writer.redactStyle(text) !== text
    )
      return text;
    const withheld: Withheld = { text, data, record, owed: "" };
    this.#withheld.set(id, withheld);
    const owe = (what?: string) => {
      withheld.owed = what ?? true;
      this.#onChange();
    };
    sha256(new TextEncoder().encode(text)).then(owe, () => owe());
    return "";
  }

  /** A viewer does not have it. */
  ask(id: number): void {
    const withheld = this.#withheld.get(id);
    if (withheld) withheld.owed = true;
    this.#onChange();
  }

  /** Writes a text that was withheld: what is written next goes on from it. */
  give(id: number): void {
    const withheld = this.#withheld.get(id);
    this.#withheld.delete(id);
    if (!withheld || !stands(withheld)) return;
    if (withheld.record) writeText(this.#writer, id, withheld.text);
    else writeSheetText(this.#writer, id, withheld.text);
  }

  /** After the changes of a frame; false when the budget ended first. */
  flush(): boolean {
    for (const [id, withheld] of this.#withheld) {
      const { owed } = withheld;
      if (owed === undefined) continue;
      if (owed === true && this.#budget.spent) return false;
      withheld.owed = undefined;
      if (owed === true || !stands(withheld)) this.give(id);
      else writeKnownText(this.#writer, id, owed);
    }
    return true;
  }
}

/** One that changed is written by who follows the changes. */
function stands({ record, data }: Withheld): boolean {
  return !record || (record.mirrored && !record.masked && dom.data(record.node as Text) === data);
}
