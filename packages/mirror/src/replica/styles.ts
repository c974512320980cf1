import { pseudoRules } from "../pseudo.ts";
import type { ReplicaNodes } from "./nodes.ts";
import { ownSheet } from "./shell.ts";

/** Doubling rules costs a pass over a sheet; wait until a burst of changes is over. */
const SETTLE_MS = 80;

type StyleRoot = Document | ShadowRoot;

/** A sheet's rules as the wire gave them, so that every document that adopts it can have its own copy. */
interface Constructed {
  text: string;
  disabled: boolean;
  media: string;
  copies: Map<Document, CSSStyleSheet>;
}

/** Stylesheets of one replica page: rules set by scripts, adopted sheets, and doubles for pseudo-classes. */
export class ReplicaStyles {
  readonly #nodes: ReplicaNodes;
  readonly #constructed = new Map<number, Constructed>();
  readonly #adopted = new Map<StyleRoot, number[]>();
  readonly #own = new Map<Document, CSSStyleSheet>();
  readonly #doubles = new Map<StyleRoot, CSSStyleSheet>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  addRoot(root: StyleRoot): void {
    this.#adopted.set(root, []);
    this.#apply(root);
    this.touched();
  }

  /** A sheet of the markup came, went or changed. */
  touched(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const root of this.#adopted.keys()) this.#double(root);
    }, SETTLE_MS);
  }

  text(id: number, text: string): void {
    const owner = this.#nodes.element(id);
    if (owner === undefined) {
      const sheet = this.#constructedSheet(id);
      sheet.text = text;
      for (const copy of sheet.copies.values()) copy.replaceSync(text);
    } else if (owner.localName === "link") {
      const style = owner.ownerDocument.createElement("style");
      style.textContent = text;
      for (const name of ["media", "title"]) {
        const value = owner.getAttribute(name);
        if (value !== null) style.setAttribute(name, value);
      }
      owner.replaceWith(style);
      this.#nodes.set(id, style);
    } else if (owner.localName === "style") {
      owner.textContent = text;
    }
    this.touched();
  }

  insert(id: number, index: number, rule: string): void {
    for (const sheet of this.#sheets(id)) {
      try {
        sheet.insertRule(rule, Math.min(index, sheet.cssRules.length));
      } catch {
        // A rule this browser does not know; an empty one keeps the indices right.
        sheet.insertRule("copane-unknown{}", Math.min(index, sheet.cssRules.length));
      }
    }
    this.touched();
  }

  delete(id: number, index: number): void {
    for (const sheet of this.#sheets(id)) if (index < sheet.cssRules.length) sheet.deleteRule(index);
    this.touched();
  }

  state(id: number, disabled: boolean, media: string): void {
    const constructed = this.#constructed.get(id);
    if (constructed) {
      constructed.disabled = disabled;
      constructed.media = media;
    }
    for (const sheet of this.#sheets(id)) {
      sheet.disabled = disabled;
      sheet.media.mediaText = media;
    }
  }

  adopt(rootId: number, ids: readonly number[]): void {
    const root = this.#nodes.get(rootId) as StyleRoot | undefined;
    if (root === undefined || !this.#adopted.has(root)) return;
    this.#adopted.set(root, [...ids]);
    this.#apply(root);
    this.touched();
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #apply(root: StyleRoot): void {
    const document = root.nodeType === Node.DOCUMENT_NODE ? (root as Document) : root.ownerDocument;
    const window = document?.defaultView as (Window & typeof globalThis) | null;
    if (!document || !window) return;
    let own = this.#own.get(document);
    if (own === undefined) {
      own = ownSheet(window);
      this.#own.set(document, own);
    }
    const sheets = [own];
    for (const id of this.#adopted.get(root) ?? []) sheets.push(this.#copy(id, document, window));
    const doubles = this.#doubles.get(root);
    if (doubles) sheets.push(doubles);
    root.adoptedStyleSheets = sheets;
  }

  #double(root: StyleRoot): void {
    const document = root.nodeType === Node.DOCUMENT_NODE ? (root as Document) : root.ownerDocument;
    const window = document?.defaultView as (Window & typeof globalThis) | null;
    if (!document || !window) {
      this.#adopted.delete(root);
      return;
    }
    let text = "";
    const adopted = (this.#adopted.get(root) ?? []).map((id) => this.#copy(id, document, window));
    for (const sheet of [...root.styleSheets, ...adopted]) {
      const rules = sheet.disabled ? undefined : readable(sheet);
      if (rules) text += pseudoRules(rules);
    }
    const before = this.#doubles.get(root);
    if (text === "" && before === undefined) return;
    const sheet = before ?? new window.CSSStyleSheet();
    sheet.replaceSync(text);
    if (before === undefined) {
      this.#doubles.set(root, sheet);
      this.#apply(root);
    }
  }

  #copy(id: number, document: Document, window: Window & typeof globalThis): CSSStyleSheet {
    const constructed = this.#constructedSheet(id);
    let copy = constructed.copies.get(document);
    if (copy === undefined) {
      copy = new window.CSSStyleSheet();
      copy.replaceSync(constructed.text);
      copy.disabled = constructed.disabled;
      copy.media.mediaText = constructed.media;
      constructed.copies.set(document, copy);
    }
    return copy;
  }

  #constructedSheet(id: number): Constructed {
    let sheet = this.#constructed.get(id);
    if (sheet === undefined) {
      sheet = { text: "", disabled: false, media: "", copies: new Map() };
      this.#constructed.set(id, sheet);
    }
    return sheet;
  }

  #sheets(id: number): CSSStyleSheet[] {
    const owner = this.#nodes.element(id) as HTMLStyleElement | undefined;
    if (owner) {
      const own = owner.sheet && (readable(owner.sheet) || owner.localName === "link") ? [owner.sheet] : [];
      return own;
    }
    return [...(this.#constructed.get(id)?.copies.values() ?? [])];
  }
}

/** The rules, or undefined for a sheet of another origin. */
function readable(sheet: CSSStyleSheet): CSSRuleList | undefined {
  try {
    return sheet.cssRules;
  } catch {
    return undefined;
  }
}
