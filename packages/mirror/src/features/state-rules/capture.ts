import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { Budget } from "../../core/flow/budget.ts";
import { sha256 } from "../../core/sha256.ts";
import type { NodeRecord } from "../../core/tree/node-table.ts";
import { STYLE_TEXT_LENGTH, writeKnownText } from "../style-texts/wire.ts";
import { noticedParts, sourcesOf } from "./sources.ts";
import { writeStateRules } from "./wire.ts";

/** A sheet that viewers have asked about. */
interface Aside {
  sheet: CSSStyleSheet;
  /** The viewers may have rules already: of the sheet that the element had before, or these. */
  former: boolean;
  /** Tells viewers which rules these are: who does not have them from an earlier page asks once more. */
  hash: string | undefined;
  /** They were told, and nobody has asked yet. */
  held: boolean;
  /** What is to be sent, once it is there. */
  parts: Iterator<string> | undefined;
}

/**
 * Stylesheets that viewers have but may not read: they get the rules that may mean something else there. Many
 * of them cross once for all pages and sessions of an agent.
 */
export class StateRulesCapture implements CaptureFeature {
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #onChange: () => void;
  readonly #asides = new Map<NodeRecord, Aside>();

  constructor(writer: MirrorWriter, budget: Budget, onChange: () => void) {
    this.#writer = writer;
    this.#budget = budget;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#asides.clear();
  }

  async request(record: NodeRecord): Promise<void> {
    const sheet = dom.sheet(record.node as Element);
    if (!sheet) return;
    const known = this.#asides.get(record);
    if (known?.sheet === sheet) {
      // All viewers are given what the first asked for.
      if (!known.held) return;
      known.held = false;
      known.former = true;
      this.#onChange();
      return;
    }
    const former = known !== undefined;
    const aside: Aside = { sheet, former, hash: undefined, held: false, parts: undefined };
    this.#asides.set(record, aside);
    // They can read a `<style>`, if not what it imports.
    const sources = await sourcesOf(sheet, dom.localName(record.node as Element) !== "style");
    const parts = noticedParts(sources);
    if (sources.some(({ found }) => typeof found !== "string")) aside.parts = parts;
    else {
      const all = [...parts];
      const text = all.join("");
      if (text.length >= STYLE_TEXT_LENGTH) aside.hash = await sha256(new TextEncoder().encode(text));
      aside.parts = all.values();
    }
    this.#onChange();
  }

  /** False when the budget ended before all was written. */
  flush(): boolean {
    for (const [record, aside] of this.#asides) {
      if (!record.mirrored) this.#asides.delete(record);
      else if (!this.#write(record, aside)) return false;
    }
    return true;
  }

  #write({ id }: NodeRecord, aside: Aside): boolean {
    const { former, hash, parts } = aside;
    if (hash) {
      writeKnownText(this.#writer, id, hash);
      aside.hash = undefined;
      aside.held = true;
    }
    if (aside.held) return true;
    if (former) writeStateRules(this.#writer, id, "");
    aside.former = false;
    for (let part = parts?.next(); part && !part.done; part = parts?.next()) {
      if (part.value) writeStateRules(this.#writer, id, part.value);
      if (this.#budget.spent) return false;
    }
    return true;
  }
}
