import type { MirrorWriter } from "@copane/protocol";
import type { NodeRecord, NodeTable } from "./nodes.ts";

type Edit = { kind: "insert"; index: number; rule: string } | { kind: "delete"; index: number };

/** More edits than this between two flushes are cheaper as the whole sheet. */
const MOST_EDITS = 2_000;

interface Followed {
  id: number;
  sheet: CSSStyleSheet;
  /** Edits to send, or "all" when the rules must be sent anew. */
  owed: Edit[] | "all";
  disabled: boolean;
  media: string;
}

/**
 * Stylesheets whose rules are not what their markup says: CSS-in-JS that inserts rules, sheets switched
 * on and off, constructed and adopted sheets. Sheets that are what their markup says cost nothing.
 */
export class Sheets {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  readonly #followed = new Map<CSSStyleSheet, Followed>();
  /** Elements with a sheet of their own, to look at once they are loaded. */
  readonly #owners = new Map<Element, NodeRecord>();
  readonly #adopted = new Map<Document | ShadowRoot, readonly CSSStyleSheet[]>();
  /** Markup sheets whose text and rules were once found to agree. */
  readonly #compared = new WeakSet<CSSStyleSheet>();
  readonly #constructedIds = new WeakMap<CSSStyleSheet, number>();

  constructor(nodes: NodeTable, writer: MirrorWriter, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  clear(): void {
    this.#followed.clear();
    this.#owners.clear();
    this.#adopted.clear();
  }

  addOwner(element: Element, record: NodeRecord): void {
    if (element.localName === "style" || element.localName === "link") this.#owners.set(element, record);
  }

  addRoot(root: Document | ShadowRoot): void {
    this.#adopted.set(root, []);
  }

  /** A rule was inserted (already done). */
  inserted(sheet: CSSStyleSheet, index: number, rule: string): void {
    this.#edit(sheet, { kind: "insert", index, rule });
  }

  deleted(sheet: CSSStyleSheet, index: number): void {
    this.#edit(sheet, { kind: "delete", index });
  }

  /** The sheet changed in a way that only its whole text tells. */
  rewritten(sheet: CSSStyleSheet): void {
    const followed = this.#followed.get(sheet) ?? this.#follow(sheet);
    if (followed === undefined) return;
    followed.owed = "all";
    this.#onChange();
  }

  /** Whether something is owed that no observer told of: adoption, `disabled`, a sheet filled by a script. */
  changed(): boolean {
    for (const [root, before] of this.#adopted) {
      if (this.#live(root) && !same(before, adoptedSheets(root))) return true;
    }
    for (const [element, record] of this.#owners) {
      if (record.mirrored && this.#ownerDiffers(element)) return true;
    }
    for (const followed of this.#followed.values()) {
      if (followed.owed.length > 0 || stateDiffers(followed)) return true;
    }
    return false;
  }

  flush(): void {
    for (const [element, record] of this.#owners) {
      if (!record.mirrored) {
        this.#owners.delete(element);
        const sheet = (element as HTMLStyleElement).sheet;
        if (sheet) this.#followed.delete(sheet);
      } else if (this.#ownerDiffers(element)) this.#follow((element as HTMLStyleElement).sheet);
    }
    for (const [root, before] of this.#adopted) this.#adopt(root, before);
    for (const followed of this.#followed.values()) this.#write(followed);
  }

  #adopt(root: Document | ShadowRoot, before: readonly CSSStyleSheet[]): void {
    if (!this.#live(root)) {
      this.#adopted.delete(root);
      return;
    }
    const now = adoptedSheets(root);
    if (same(before, now)) return;
    this.#adopted.set(root, [...now]);
    const ids: number[] = [];
    for (const sheet of now) {
      const followed = this.#followed.get(sheet) ?? this.#followConstructed(sheet);
      this.#write(followed);
      ids.push(followed.id);
    }
    this.#writer.adopt(this.#nodes.idOf(root), ids);
  }

  #write(followed: Followed): void {
    const { id, sheet, owed } = followed;
    if (owed === "all") this.#writer.sheetText(id, textOf(sheet));
    else {
      for (const edit of owed) {
        if (edit.kind === "insert") this.#writer.sheetInsert(id, edit.index, edit.rule);
        else this.#writer.sheetDelete(id, edit.index);
      }
    }
    followed.owed = [];
    if (stateDiffers(followed)) {
      followed.disabled = sheet.disabled;
      followed.media = sheet.media.mediaText;
      this.#writer.sheetState(id, followed.disabled, followed.media);
    }
  }

  #edit(sheet: CSSStyleSheet, edit: Edit): void {
    let followed = this.#followed.get(sheet);
    if (followed === undefined) {
      // First edit we see: earlier ones may have been made before us, so the whole text goes once.
      followed = this.#follow(sheet);
    } else if (followed.owed !== "all") {
      followed.owed.push(edit);
      if (followed.owed.length > MOST_EDITS) followed.owed = "all";
    }
    if (followed !== undefined) this.#onChange();
  }

  #follow(sheet: CSSStyleSheet | null): Followed | undefined {
    if (sheet === null) return undefined;
    const id = this.#constructedIds.get(sheet) ?? this.#nodes.idOf(sheet.ownerNode as Node | null);
    if (!id) return undefined;
    const followed: Followed = { id, sheet, owed: "all", disabled: false, media: sheet.media.mediaText };
    this.#followed.set(sheet, followed);
    return followed;
  }

  #followConstructed(sheet: CSSStyleSheet): Followed {
    const id = this.#constructedIds.get(sheet) ?? this.#nodes.reserveId();
    this.#constructedIds.set(sheet, id);
    const followed: Followed = { id, sheet, owed: "all", disabled: false, media: "" };
    this.#followed.set(sheet, followed);
    return followed;
  }

  #live(root: Document | ShadowRoot): boolean {
    return this.#nodes.idOf(root) !== 0;
  }

  /** A `<style>` filled by a script, or a sheet switched off, without our hooks having seen it. */
  #ownerDiffers(element: Element): boolean {
    const sheet = (element as HTMLStyleElement | HTMLLinkElement).sheet;
    if (sheet === null || this.#followed.has(sheet)) return false;
    if (sheet.disabled) return true;
    if (element.localName !== "style") return false;
    const rules = readableRules(sheet);
    if (rules === undefined) return false;
    const text = (element.textContent ?? "").trim();
    if (text === "") return rules.length > 0;
    if (this.#compared.has(sheet)) return false;
    this.#compared.add(sheet);
    return !text.includes("@import") && rules.length !== ruleCount(text);
  }
}

/** How many rules the text itself makes: more in the sheet means that a script added some before us. */
function ruleCount(text: string): number {
  const scratch = new CSSStyleSheet();
  scratch.replaceSync(text);
  return scratch.cssRules.length;
}

/** All rules as text, with addresses made absolute where the sheet has an address of its own. */
function textOf(sheet: CSSStyleSheet): string {
  const rules = readableRules(sheet);
  if (rules === undefined) return "";
  let text = "";
  for (const rule of rules) text += `${rule.cssText}\n`;
  return sheet.href === null ? text : absoluteUrls(text, sheet.href);
}

function absoluteUrls(css: string, base: string): string {
  return css.replace(/url\((["']?)([^"')]+)\1\)/g, (whole, _quote, url: string) => {
    try {
      return `url("${new URL(url, base).href}")`;
    } catch {
      return whole;
    }
  });
}

/** The rules, or undefined for a sheet of another origin. */
function readableRules(sheet: CSSStyleSheet): CSSRuleList | undefined {
  try {
    return sheet.cssRules;
  } catch {
    return undefined;
  }
}

function stateDiffers({ sheet, disabled, media }: Followed): boolean {
  return sheet.disabled !== disabled || sheet.media.mediaText !== media;
}

function adoptedSheets(root: Document | ShadowRoot): readonly CSSStyleSheet[] {
  return root.adoptedStyleSheets ?? [];
}

function same(before: readonly CSSStyleSheet[], now: readonly CSSStyleSheet[]): boolean {
  if (before.length !== now.length) return false;
  for (let i = 0; i < now.length; i++) if (before[i] !== now[i]) return false;
  return true;
}
