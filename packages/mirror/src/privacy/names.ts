import * as dom from "../core/dom.ts";
import { DOCUMENT } from "../core/node-types.ts";
import { parentOrHost } from "../core/walk.ts";

/** Names of more elements than this share a stand-in. */
const MOST_NAMES = 5_000;

/** Where a style may be that nobody can read, a name is kept if it looks like one. */
const plainName = /^[a-z][a-z\d]*(?:[-_]{1,2}[a-z\d]+){0,6}$/i;

/** What names can be asked for: elements, classes, ids, parts, roles; and any word of a style. */
export type NameKind = "" | "." | "#" | "::part(" | '[role="' | "word ";

const word = /[a-z_\u0080-\uffff-][\w\u0080-\uffff-]*/gi;

/**
 * Tells which names of masked elements may leave. A name that a style of the page names was written by who made the
 * page and is needed for the layout: it stays. Any other can say something of the person (`id=balance-1234`), and
 * becomes a stand-in, the same each time.
 */
export class PublicNames {
  /** Selectors of a sheet as one text, and how many rules it had. */
  readonly #selectors = new WeakMap<CSSStyleSheet, { rules: number; text: string }>();
  /** The same of its words. */
  readonly #words = new WeakMap<CSSStyleSheet, { rules: number; words: Set<string> }>();
  /** Names that styles name; those that none did when there were so many rules. */
  readonly #known = new Map<string, true | number>();
  readonly #standIns = new Map<string, string>();
  readonly #protects: (element: Element) => boolean;

  /** @param protects whether an element is not simply shown: a sheet in such a place is not the page's author's */
  constructor(protects: (element: Element) => boolean) {
    this.#protects = protects;
  }

  /** The names in an attribute, each as it is or as its stand-in. */
  outgoing(element: Element, kind: NameKind, value: string): string {
    return value.replace(/[^\s]+/g, (name) =>
      this.isNamed(element, kind, name) ? name : this.standIn(name),
    );
  }

  /** A name that a style of a masked element makes up or uses, as it is or as its stand-in. */
  ofStyle(element: Element, name: string): string {
    if (this.isNamed(element, "word ", name)) return name;
    return (name.startsWith("--") ? "--" : "") + this.standIn(name);
  }

  standIn(name: string): string {
    let known = this.#standIns.get(name);
    if (known === undefined) {
      known = `copane-n${Math.min(this.#standIns.size, MOST_NAMES)}`;
      if (this.#standIns.size < MOST_NAMES) this.#standIns.set(name, known);
    }
    return known;
  }

  /** Whether a style of the page names it. */
  isNamed(element: Element, kind: NameKind, name: string): boolean {
    const key = kind + name;
    const known = this.#known.get(key);
    if (known === true) return true;
    const sheets = sheetsFor(element);
    let rules = 0;
    for (const sheet of sheets) rules += 1 + (rulesOf(sheet)?.length ?? 0);
    if (known === rules) return false;
    const wanted = kind + CSS.escape(name);
    const named = sheets.some((sheet) => {
      if (sheet.ownerNode && this.#protects(sheet.ownerNode as Element)) return false;
      const found = rulesOf(sheet);
      if (!found) return !/[#[]/.test(kind) && plainName.test(name.replace(/^--/, ""));
      return kind === "word "
        ? this.#wordsOf(sheet, found).has(name)
        : holds(this.#textOf(sheet, found), wanted);
    });
    if (this.#known.size > 2 * MOST_NAMES) this.#known.clear();
    this.#known.set(key, named || rules);
    return named;
  }

  /** Rarely needed: texts of rules are dear. */
  #wordsOf(sheet: CSSStyleSheet, rules: CSSRuleList): Set<string> {
    const known = this.#words.get(sheet);
    if (known?.rules === rules.length) return known.words;
    const words = new Set<string>();
    for (const rule of rules) {
      for (const said of rule.cssText.match(word) ?? []) words.add(said);
      const imported = (rule as CSSImportRule).styleSheet;
      const inner = imported && rulesOf(imported);
      if (inner) for (const said of this.#wordsOf(imported, inner)) words.add(said);
    }
    this.#words.set(sheet, { rules: rules.length, words });
    return words;
  }

  #textOf(sheet: CSSStyleSheet, rules: CSSRuleList): string {
    const known = this.#selectors.get(sheet);
    if (known?.rules === rules.length) return known.text;
    const parts: string[] = [];
    collect(rules, parts);
    const text = parts.join(",");
    this.#selectors.set(sheet, { rules: rules.length, text });
    return text;
  }
}

function collect(rules: CSSRuleList, into: string[]): void {
  for (const rule of rules) {
    const { selectorText, cssRules, styleSheet } = rule as CSSStyleRule & CSSImportRule;
    if (selectorText !== undefined) into.push(selectorText);
    if (cssRules?.length > 0) collect(cssRules, into);
    const imported = styleSheet && rulesOf(styleSheet);
    if (imported) collect(imported, into);
  }
}

/** Whether a selector is there, and does not go on. */
function holds(selectors: string, wanted: string): boolean {
  for (let at = selectors.indexOf(wanted); at >= 0; at = selectors.indexOf(wanted, at + 1)) {
    if (!/[\w\\\u0080-\uffff-]/.test(selectors[at + wanted.length] ?? "")) return true;
  }
  return false;
}

/** The sheets that can say something of an element: of its own root, of those round it, and of the one in it. */
function sheetsFor(element: Element): CSSStyleSheet[] {
  const sheets: CSSStyleSheet[] = [];
  const inner = dom.shadowRoot(element);
  if (inner) sheets.push(...sheetsOf(inner));
  for (let root: Node | null = dom.getRootNode(element); root !== null; ) {
    if (dom.nodeType(root) !== DOCUMENT && !dom.host(root)) break;
    sheets.push(...sheetsOf(root as Document | ShadowRoot));
    const host: Node | null = parentOrHost(root);
    root = host && dom.getRootNode(host);
  }
  return sheets;
}

/** The sheets of a document or shadow root, in their order: those of elements, then the adopted ones. */
function sheetsOf(root: Document | ShadowRoot): CSSStyleSheet[] {
  return [...dom.styleSheets(root), ...(dom.adoptedStyleSheets(root) ?? [])];
}

function rulesOf(sheet: CSSStyleSheet): CSSRuleList | undefined {
  try {
    return sheet.cssRules;
  } catch {
    return undefined;
  }
}
