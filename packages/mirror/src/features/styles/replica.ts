import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { Asset } from "../assets/wire.ts";
import { Companions } from "./companions.ts";
import { ConstructedSheets, insertRule } from "./constructed-sheets.ts";
import { fillOwnSheet } from "./own-sheet.ts";
import { importsOf, readableRules } from "./readable-rules.ts";
import { RuleRewriter } from "./rule-rewriter.ts";
import { type StyleOperations, styleReaders } from "./wire.ts";

/** Reading a sheet's rules costs a pass over it: they are read when a burst of changes is over, in milliseconds. */
const SETTLE_MS = 80;

/** What a rule costs, and a change to a sheet, in steps of `Bounds`. */
const RULE_STEPS = 2;
const INSERT_STEPS = 20;

type StyleRoot = Document | ShadowRoot;

export interface StylesOptions {
  /** Asks the customer for what this browser may not read. */
  ask(id: number, asset: Asset): void;
  /** The text of a constructed sheet came. */
  constructed(id: number, text: string): void;
  /** Rules came that may name pictures. */
  restyled(): void;
}

/** Stylesheets of one page: rules set by scripts, adopted sheets, and what stands in for sheets that cannot be read. */
export class StylesReplica implements ReplicaFeature, StyleOperations {
  readonly handlers = handledBy<StyleOperations>(this, styleReaders);
  readonly companions: Companions;
  readonly #nodes: ReplicaNodes;
  readonly #options: StylesOptions;
  readonly #rewriter = new RuleRewriter();
  readonly #constructed = new ConstructedSheets(this.#rewriter);
  readonly #adopted = new Map<StyleRoot, number[]>();
  /** Constructed sheets that a document has a copy of. */
  readonly #copied = new WeakMap<Document, Set<number>>();
  readonly #own = new WeakMap<Document, CSSStyleSheet>();
  /** Whether sheets of elements are on, and for which media, where their markup does not say so. */
  readonly #states = new Map<number, { disabled: boolean; media: string }>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What stands beside sheets is put there before they are read. */
  beforeSettle: (() => void) | undefined;

  constructor(nodes: ReplicaNodes, options: StylesOptions) {
    this.#nodes = nodes;
    this.#options = options;
    this.companions = new Companions(nodes);
  }

  document(document: Document): void {
    this.shadowRoot(document);
  }

  shadowRoot(root: StyleRoot): void {
    this.#adopted.set(root, []);
    this.#apply(root);
    this.touched();
  }

  element(element: Element): void {
    if (isSheetOwner(element)) this.touched();
  }

  attribute(element: Element): void {
    if (dom.localName(element) === "link") this.touched();
  }

  removed(): void {
    this.touched();
  }

  styleText(): void {
    this.touched();
  }

  loaded(): void {
    this.touched();
  }

  /** A sheet of the markup came, went, loaded or changed. */
  touched(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#settle(false);
    }, SETTLE_MS);
  }

  /** What media queries see at the customer: `bits` by `mediaFeatures`, and the size of the screen. */
  setEnvironment(window: Window, bits: number, screenWidth: number, screenHeight: number): void {
    if (!this.#rewriter.setEnvironment(window, bits, screenWidth, screenHeight)) return;
    for (const root of this.#adopted.keys()) {
      const own = this.#own.get(root as Document);
      if (own) fillOwnSheet(own, this.#rewriter.scheme);
    }
    this.#settle(true);
  }

  sheetText(id: number, text: string): void {
    // What has no node is a constructed sheet.
    this.#nodes.countCss(id, text);
    this.#nodes.bounds.work(this.#nodes.counted(id, "rules") * RULE_STEPS);
    if (!this.#nodes.get(id)) this.#options.constructed(id, text);
    this.#setText(id, text);
    this.#restyled(text);
  }

  sheetInsert(id: number, index: number, rule: string): void {
    const { rules } = this.#nodes.bounds.css(rule);
    this.#nodes.bounds.work(INSERT_STEPS + rules * RULE_STEPS);
    this.#nodes.count(id, "rules", this.#nodes.counted(id, "rules") + rules);
    this.#nodes.count(id, "css", this.#nodes.counted(id, "css") + rule.length);
    this.#constructed.noteEdit(id, index, rule);
    for (const sheet of this.#sheets(id)) insertRule(sheet, index, rule, this.#rewriter);
    this.#restyled(rule);
  }

  sheetDelete(id: number, index: number): void {
    this.#nodes.bounds.work(INSERT_STEPS);
    this.#deleted(id);
    this.#constructed.noteEdit(id, index, undefined);
    for (const sheet of this.#sheets(id)) if (index < sheet.cssRules.length) sheet.deleteRule(index);
  }

  sheetState(id: number, disabled: boolean, media: string): void {
    this.#nodes.bounds.work(INSERT_STEPS + media.length);
    this.#nodes.bounds.nesting(media);
    this.#constructed.noteState(id, disabled, media);
    if (this.#nodes.element(id)) this.#states.set(id, { disabled, media });
    this.#setState(id, { disabled, media });
  }

  adopt(rootId: number, ids: readonly number[]): void {
    const root = this.#nodes.get(rootId) as StyleRoot | undefined;
    if (root !== undefined && this.#adopted.has(root)) {
      for (const id of ids) this.#nodes.bounds.work(INSERT_STEPS + this.#copying(root, id) * RULE_STEPS);
      this.#adopted.set(root, [...ids]);
      this.#apply(root);
    }
    this.#options.restyled();
  }

  /** Rules that a root's document has to be given first: it has one copy of a sheet for all its roots. */
  #copying(root: StyleRoot, id: number): number {
    const document = documentOf(root);
    const copied = (document && this.#copied.get(document)) ?? new Set();
    if (document === null || copied.has(id)) return 0;
    this.#copied.set(document, copied.add(id));
    return this.#nodes.counted(id, "rules");
  }

  sheetGone(id: number): void {
    this.#nodes.release(id);
    this.#constructed.drop(id);
  }

  /** The rules of our own in a document, for all its roots. */
  ownSheet(document: Document): CSSStyleSheet | undefined {
    return this.#own.get(document);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  /** A rule is gone: which of them it was is not known, so it counts as one of the middle. */
  #deleted(id: number): void {
    const rules = this.#nodes.counted(id, "rules");
    if (rules === 0) return;
    const css = this.#nodes.counted(id, "css");
    this.#nodes.count(id, "rules", Math.max(0, rules - 1));
    this.#nodes.count(id, "css", Math.floor(css - css / rules));
  }

  #restyled(css: string): void {
    if (css.includes("url(")) this.#options.restyled();
  }

  #setText(id: number, text: string): void {
    const owner = this.#nodes.element(id);
    if (owner === undefined) {
      this.#constructed.setText(id, text);
      return;
    }
    if (dom.localName(owner) === "link") this.companions.replace(id, owner as HTMLLinkElement, text);
    else {
      const sheet = dom.sheet(owner);
      const rules = sheet && readableRules(sheet);
      for (let index = (rules?.length ?? 0) - 1; index >= 0; index--) sheet?.deleteRule(index);
    }
    this.touched();
  }

  #setState(id: number, { disabled, media }: { disabled: boolean; media: string }): void {
    const owner = this.#nodes.element(id) as HTMLStyleElement | undefined;
    const sheet = owner && dom.sheet(this.companions.ownerOf(id, owner));
    for (const each of owner ? (sheet ? [sheet] : []) : this.#constructed.copiesOf(id)) {
      if (each.disabled !== disabled) each.disabled = disabled;
      this.#rewriter.setMedia(each.media, media);
    }
  }

  /** @param again rules that were rewritten already are read anew */
  #settle(again: boolean): void {
    this.beforeSettle?.();
    this.companions.tidy();
    for (const [id, state] of this.#states) {
      // The sheet may have loaded since, or another stands in its place.
      if (this.#nodes.element(id)) this.#setState(id, state);
      else this.#states.delete(id);
    }
    for (const root of this.#adopted.keys()) {
      const document = documentOf(root);
      if (this.#nodes.stands(root) && document && dom.defaultView(document)) this.#readSheets(root, again);
      else this.#adopted.delete(root);
    }
    if (again) this.#constructed.rewrite();
  }

  #readSheets(root: StyleRoot, again: boolean): void {
    for (const sheet of dom.styleSheets(root)) {
      this.#rewriter.sheet(sheet, again);
      const owner = sheet.ownerNode as Element | null;
      if (!owner || sheet.disabled) continue;
      const rules = readableRules(sheet);
      if (rules === undefined) this.#askFor(owner);
      else if (importsUnreadable(rules)) this.#askFor(owner, Asset.stateRules);
    }
  }

  /** A sheet of another origin works but cannot be read: what depends on states has to come from the customer. */
  #askFor(owner: Element, asset: Asset = this.#rewriter.differs ? Asset.sheet : Asset.stateRules): void {
    const id = this.#nodes.idOf(owner);
    if (id) this.#options.ask(id, asset);
  }

  #apply(root: StyleRoot): void {
    const document = documentOf(root);
    const window = document && dom.defaultView(document);
    if (!document || !window) return;
    let own = this.#own.get(document);
    if (own === undefined) {
      own = fillOwnSheet(new window.CSSStyleSheet(), this.#rewriter.scheme);
      this.#own.set(document, own);
    }
    const sheets = [own];
    for (const id of this.#adopted.get(root) ?? [])
      sheets.push(this.#constructed.copyFor(id, document, window));
    dom.setAdoptedStyleSheets(root, sheets);
  }

  #sheets(id: number): CSSStyleSheet[] {
    const owner = this.#nodes.element(id) as HTMLStyleElement | undefined;
    if (!owner) return this.#constructed.copiesOf(id);
    const sheet = dom.sheet(this.companions.ownerOf(id, owner));
    return sheet && readableRules(sheet) ? [sheet] : [];
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
  return dom.nodeType(root) === Node.DOCUMENT_NODE ? (root as Document) : dom.ownerDocument(root);
}
