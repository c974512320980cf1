import { Asset } from "../../core/codec/types.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { OWN } from "../../core/tree/replica-nodes.ts";
import { ownSheet } from "../../replica/shell.ts";
import { type Place, stateRules } from "../state-rules/rules.ts";
import type { TextStore } from "../style-texts/text-store.ts";
import { importsOf, readableRules } from "./readable-rules.ts";
import { RuleRewriter } from "./rule-rewriter.ts";

/** Reading a sheet's rules costs a pass over it; wait until a burst of changes is over. */
const SETTLE_MS = 80;

/** Rules of one sheet that come from the customer because it cannot be read here, in characters. */
const MOST_ASIDE = 4 * 1024 * 1024;

type StyleRoot = Document | ShadowRoot;

/** A sheet's rules as the wire gave them, so that every document that adopts it can have its own copy. */
interface Constructed {
  text: string;
  /** Rules inserted after the text was given, in order, with what was deleted. */
  edits: ({ index: number; rule: string } | { index: number; rule: undefined })[];
  disabled: boolean;
  media: string;
  copies: Map<Document, CSSStyleSheet>;
}

/** Stylesheets of one replica page: rules set by scripts, adopted sheets, and what stands in for unreadable ones. */
export class ReplicaStyles {
  readonly #nodes: ReplicaNodes;
  readonly #store: TextStore;
  readonly #ask: (id: number, asset: Asset, again?: boolean) => void;
  readonly #rewriter = new RuleRewriter();
  readonly #constructed = new Map<number, Constructed>();
  readonly #adopted = new Map<StyleRoot, number[]>();
  readonly #own = new Map<Document, CSSStyleSheet>();
  /** Sheets that stand beside a link: adding what cannot be read in it, or, after it, in place of its own. */
  readonly #companions: Record<Place, Map<number, HTMLStyleElement>> = {
    before: new Map(),
    after: new Map(),
  };
  readonly #replaced = new Set<number>();
  /** What is added to sheets that can be used but not read here, and whether it has to be read anew. */
  readonly #asides = new Map<number, { css: string; changed: boolean }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    nodes: ReplicaNodes,
    store: TextStore,
    ask: (id: number, asset: Asset, again?: boolean) => void,
  ) {
    this.#nodes = nodes;
    this.#store = store;
    this.#ask = ask;
  }

  addRoot(root: StyleRoot): void {
    this.#adopted.set(root, []);
    this.#apply(root);
    this.touched();
  }

  /** A sheet of the markup came, went, loaded or changed. */
  touched(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#settle(false);
    }, SETTLE_MS);
  }

  /** @param bits by `mediaFeatures` */
  environment(bits: number, window: Window): void {
    if (this.#rewriter.setEnvironment(bits, window)) this.#settle(true);
  }

  text(id: number, text: string): void {
    const owner = this.#nodes.element(id);
    if (owner === undefined) {
      const sheet = this.#constructedSheet(id);
      sheet.text = text;
      sheet.edits = [];
      for (const copy of sheet.copies.values()) {
        copy.replaceSync(text);
        this.#rewriter.sheet(copy, true);
      }
      return;
    }
    if (owner.localName === "link") {
      this.#replaced.add(id);
      this.#companion(id, owner, "after").textContent = text;
      (owner as HTMLLinkElement).disabled = true;
    } else {
      const { sheet } = owner as HTMLStyleElement;
      const rules = sheet && readableRules(sheet);
      for (let index = (rules?.length ?? 0) - 1; index >= 0; index--) sheet?.deleteRule(index);
    }
    this.touched();
  }

  insert(id: number, index: number, rule: string): void {
    this.#constructed.get(id)?.edits.push({ index, rule });
    for (const sheet of this.#sheets(id)) this.#insert(sheet, index, rule);
  }

  delete(id: number, index: number): void {
    this.#constructed.get(id)?.edits.push({ index, rule: undefined });
    for (const sheet of this.#sheets(id)) if (index < sheet.cssRules.length) sheet.deleteRule(index);
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

  /** Rules of a sheet that can be used but not read here, the next part of them; an empty one takes all former away. */
  aside(id: number, part: string): void {
    if (!isSheetOwner(this.#nodes.get(id)) || this.#replaced.has(id)) return;
    const css = part && (this.#asides.get(id)?.css ?? "") + part;
    if (css.length > MOST_ASIDE) return;
    this.#asides.set(id, { css, changed: true });
    this.touched();
  }

  /** Rules of such a sheet, told by their hash: they are here from an earlier page, or asked for. */
  knownAside(id: number, hash: string): void {
    const css = this.#store.get(hash);
    if (css === undefined) this.#ask(id, Asset.aside, true);
    else {
      this.aside(id, "");
      this.aside(id, css);
    }
  }

  adopt(rootId: number, ids: readonly number[]): void {
    const root = this.#nodes.get(rootId) as StyleRoot | undefined;
    if (root === undefined || !this.#adopted.has(root)) return;
    this.#adopted.set(root, [...ids]);
    this.#apply(root);
  }

  /** The rules of our own in a document, for all its roots. */
  ownSheet(document: Document): CSSStyleSheet | undefined {
    return this.#own.get(document);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #settle(again: boolean): void {
    this.#tidyCompanions();
    for (const root of this.#adopted.keys()) {
      const document = documentOf(root);
      if (!document?.defaultView) {
        this.#adopted.delete(root);
        continue;
      }
      for (const sheet of root.styleSheets) {
        this.#rewriter.sheet(sheet, again);
        const owner = sheet.ownerNode as Element | null;
        if (!owner || sheet.disabled) continue;
        const rules = readableRules(sheet);
        if (rules === undefined) this.#askFor(owner);
        else if (importsUnreadable(rules)) this.#askFor(owner, Asset.aside);
      }
    }
    if (!again) return;
    for (const { copies } of this.#constructed.values())
      for (const copy of copies.values()) this.#rewriter.sheet(copy, true);
  }

  /** A sheet of another origin works but cannot be read: what depends on states has to come from the customer. */
  #askFor(owner: Element, asset: Asset = this.#rewriter.differs ? Asset.sheet : Asset.aside): void {
    const id = this.#nodes.idOf(owner);
    if (id) this.#ask(id, asset);
  }

  #companion(id: number, link: Element, place: Place): HTMLStyleElement {
    let companion = this.#companions[place].get(id);
    if (companion === undefined) {
      companion = link.ownerDocument.createElement("style");
      companion.setAttribute(OWN, "");
      this.#companions[place].set(id, companion);
    }
    const media = link.getAttribute("media");
    if (media !== null) companion.setAttribute("media", media);
    if (place === "before" && companion.nextSibling !== link) link.before(companion);
    if (place === "after" && companion.previousSibling !== link) link.after(companion);
    return companion;
  }

  #tidyCompanions(): void {
    for (const [id, aside] of this.#asides) {
      const link = this.#nodes.element(id);
      if (!link?.isConnected || this.#replaced.has(id)) this.#asides.delete(id);
      else if (aside.changed) {
        aside.changed = false;
        this.#store.put(aside.css).catch(() => {});
        const rules = stateRules(aside.css);
        for (const place of ["before", "after"] as const)
          if (rules[place] || this.#companions[place].has(id))
            this.#companion(id, link, place).textContent = rules[place];
      }
    }
    for (const place of ["before", "after"] as const) {
      for (const [id, companion] of this.#companions[place]) {
        const link = this.#nodes.element(id);
        const replaced = this.#replaced.has(id);
        if (!link?.isConnected || (replaced && place === "before")) {
          companion.remove();
          this.#companions[place].delete(id);
          if (place === "after") this.#replaced.delete(id);
          continue;
        }
        this.#companion(id, link, place);
      }
    }
  }

  #insert(sheet: CSSStyleSheet, index: number, rule: string): void {
    const at = Math.min(index, sheet.cssRules.length);
    try {
      sheet.insertRule(rule, at);
    } catch {
      // A rule this browser does not know; an empty one keeps the indices right.
      sheet.insertRule("copane-unknown{}", at);
    }
    this.#rewriter.rule(sheet.cssRules[at] as CSSRule);
  }

  #apply(root: StyleRoot): void {
    const document = documentOf(root);
    const window = document?.defaultView as (Window & typeof globalThis) | null;
    if (!document || !window) return;
    let own = this.#own.get(document);
    if (own === undefined) {
      own = ownSheet(window);
      this.#own.set(document, own);
    }
    const sheets = [own];
    for (const id of this.#adopted.get(root) ?? []) sheets.push(this.#copy(id, document, window));
    root.adoptedStyleSheets = sheets;
  }

  #copy(id: number, document: Document, window: Window & typeof globalThis): CSSStyleSheet {
    const constructed = this.#constructedSheet(id);
    let copy = constructed.copies.get(document);
    if (copy === undefined) {
      copy = new window.CSSStyleSheet();
      copy.replaceSync(constructed.text);
      this.#rewriter.sheet(copy, true);
      for (const { index, rule } of constructed.edits) {
        if (rule !== undefined) this.#insert(copy, index, rule);
        else if (index < copy.cssRules.length) copy.deleteRule(index);
      }
      copy.disabled = constructed.disabled;
      copy.media.mediaText = constructed.media;
      constructed.copies.set(document, copy);
    }
    return copy;
  }

  #constructedSheet(id: number): Constructed {
    let sheet = this.#constructed.get(id);
    if (sheet === undefined) {
      sheet = { text: "", edits: [], disabled: false, media: "", copies: new Map() };
      this.#constructed.set(id, sheet);
    }
    return sheet;
  }

  #sheets(id: number): CSSStyleSheet[] {
    const owner = this.#nodes.element(id) as HTMLStyleElement | undefined;
    if (owner) {
      const { sheet } = this.#replaced.has(id) ? (this.#companions.after.get(id) ?? owner) : owner;
      return sheet && readableRules(sheet) ? [sheet] : [];
    }
    return [...this.#constructedSheet(id).copies.values()];
  }
}

/** Whether a node has a sheet beside which rules can stand. */
export function isSheetOwner(node: Node | undefined): node is HTMLLinkElement | HTMLStyleElement {
  const { localName } = (node ?? {}) as Partial<Element>;
  return localName === "link" || localName === "style";
}

/** Whether a sheet imports one that works but cannot be read. */
function importsUnreadable(rules: CSSRuleList): boolean {
  for (const { sheet } of importsOf(rules)) {
    const imported = readableRules(sheet);
    if (imported === undefined || importsUnreadable(imported)) return true;
  }
  return false;
}

function documentOf(root: StyleRoot): Document | null {
  return root.nodeType === Node.DOCUMENT_NODE ? (root as Document) : root.ownerDocument;
}
