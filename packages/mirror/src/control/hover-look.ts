import * as dom from "../core/dom.ts";
import { markOwn, ofPage, POINTED } from "../core/own-parts.ts";
import { hoverRules } from "./hover-rules.ts";
import { lineage, realm } from "./tree.ts";

interface Look {
  sheet: CSSStyleSheet;
  /** The sheets that it was made of, with the number of their rules. */
  of: string;
}

/**
 * Shows the page as if the agent's pointer hovered in it: menus and tips that open by `:hover`. No script can give an
 * element that state, so what is under the pointer carries an attribute, and a sheet of ours says of it what the page's
 * sheets say of what is hovered. Sheets of other origins cannot be read. Of two rules that are equally specific ours
 * wins, as it stands last.
 */
export class HoverLook {
  readonly #looks = new Map<Document | ShadowRoot, Look>();
  #marked: Element[] = [];

  show(element: Element | undefined): void {
    const line = lineage(element).filter((up): up is Element => dom.nodeType(up) === Node.ELEMENT_NODE);
    for (const root of new Set(line.map((up) => dom.getRootNode(up) as Document | ShadowRoot)))
      this.#adopt(root);
    for (const former of this.#marked) if (!line.includes(former)) dom.removeAttribute(former, POINTED);
    this.#marked = line.filter((up) => dom.parentElement(up) !== null || dom.host(dom.getRootNode(up)));
    for (const up of this.#marked) if (!dom.hasAttribute(up, POINTED)) dom.setAttribute(up, POINTED, "");
  }

  /** Leaves the page as it was. */
  end(): void {
    this.show(undefined);
    for (const [root, { sheet }] of this.#looks)
      dom.setAdoptedStyleSheets(
        root,
        [...dom.adoptedStyleSheets(root)].filter((one) => one !== sheet),
      );
    this.#looks.clear();
  }

  #adopt(root: Document | ShadowRoot): void {
    const adopted = dom.adoptedStyleSheets(root);
    // An older browser: hovering has the events alone.
    if (!adopted) return;
    const sheets = [...dom.styleSheets(root), ...ofPage(adopted)].filter((sheet) => !sheet.disabled);
    const of = sheets.map((sheet) => `${sheet.href} ${countOf(sheet)}`).join();
    let look = this.#looks.get(root);
    if (!look) {
      const { CSSStyleSheet } = realm((dom.host(root) ?? root) as Element | Document);
      look = { sheet: new CSSStyleSheet(), of: "" };
      markOwn(look.sheet);
      this.#looks.set(root, look);
    }
    if (look.of !== of) {
      look.of = of;
      look.sheet.replaceSync(sheets.map(hoverRules).join(""));
    }
    if (look.sheet.cssRules.length > 0 && adopted.at(-1) !== look.sheet)
      dom.setAdoptedStyleSheets(root, [...ofPage(adopted), look.sheet]);
  }
}

function countOf(sheet: CSSStyleSheet): number {
  try {
    return sheet.cssRules.length;
  } catch {
    return 0;
  }
}
