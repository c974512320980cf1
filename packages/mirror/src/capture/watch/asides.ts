import type { RareWriter } from "@copane/protocol";
import type { Budget } from "../budget.ts";
import type { NodeRecord } from "../nodes.ts";
import { noticedParts, sourcesOf } from "./sheet-text.ts";
import type { Watcher } from "./types.ts";

/** A sheet that viewers have asked about. */
interface Aside {
  sheet: CSSStyleSheet;
  /** The viewers have rules of the sheet that the element had before. */
  former: boolean;
  /** What is to be sent, once it is there. */
  parts: Iterator<string> | undefined;
}

/** Stylesheets that viewers have but may not read: they get the rules that may mean something else there. */
export class AsideWatcher implements Watcher {
  readonly #writer: RareWriter;
  readonly #budget: Budget;
  readonly #onChange: () => void;
  readonly #asides = new Map<NodeRecord, Aside>();

  constructor(writer: RareWriter, budget: Budget, onChange: () => void) {
    this.#writer = writer;
    this.#budget = budget;
    this.#onChange = onChange;
  }

  clear(): void {
    this.#asides.clear();
  }

  async request(record: NodeRecord): Promise<void> {
    const { sheet, localName } = record.node as HTMLLinkElement | HTMLStyleElement;
    // All viewers were given what the first asked for.
    if (!sheet || this.#asides.get(record)?.sheet === sheet) return;
    const aside: Aside = { sheet, former: this.#asides.has(record), parts: undefined };
    this.#asides.set(record, aside);
    // They can read a `<style>`, if not what it imports.
    aside.parts = noticedParts(await sourcesOf(sheet, localName !== "style"));
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
    const { former, parts } = aside;
    if (former) this.#writer.sheetAside(id, "");
    aside.former = false;
    for (let part = parts?.next(); part && !part.done; part = parts?.next()) {
      if (part.value) this.#writer.sheetAside(id, part.value);
      if (this.#budget.spent) return false;
    }
    return true;
  }
}
