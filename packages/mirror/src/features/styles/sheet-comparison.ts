import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { AuthorTexts } from "./author-texts.ts";
import type { StylesCapture } from "./capture.ts";

/** Finds the sheets that scripts edited before capture began, by reading their authors' texts. */
export class SheetComparison implements CaptureFeature {
  readonly #styles: StylesCapture;
  readonly #authors: AuthorTexts;
  readonly #compared = new WeakSet<CSSStyleSheet>();

  constructor(styles: StylesCapture, authors: AuthorTexts) {
    this.#styles = styles;
    this.#authors = authors;
  }

  beginEpoch(): void {}

  poll(): boolean {
    let found = false;
    for (const sheet of this.#styles.unread()) {
      if (this.#compared.has(sheet) || !this.#authors.settled(sheet)) continue;
      this.#compared.add(sheet);
      const differs = this.#authors.differs(sheet);
      if (differs === "no") continue;
      this.#styles.differs(sheet, differs === "imported");
      found = true;
    }
    return found;
  }

  flush(): void {}
}
