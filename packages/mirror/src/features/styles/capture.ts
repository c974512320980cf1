import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import type { Budget } from "../../core/flow/budget.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";
import { withoutTexts } from "../../privacy/masked-styles.ts";
import type { StyleTextsCapture } from "../style-texts/capture.ts";
import { MarkupSheets } from "./markup-sheets.ts";
import { readableRules } from "./readable-rules.ts";
import { RuleTexts, withBase } from "./rule-texts.ts";
import { canMake, rulesHash } from "./rules.ts";
import {
  writeAdopt,
  writeSheetDelete,
  writeSheetGone,
  writeSheetInsert,
  writeSheetState,
  writeSheetText,
} from "./wire.ts";

type Edit =
  | { kind: "clear" }
  | { kind: "insert"; index: number; rule: string }
  | { kind: "delete"; index: number };

/** More edits than this between two flushes are cheaper as the whole sheet. */
const MOST_EDITS = 2_000;

/** Sheets of more rules than this are not compared for edits that no hook can see. */
const MOST_HASHED = 400;

/** Rules of a constructed sheet that are written in one operation, and the length of a text that is. */
const OPENING_RULES = 300;
const OPENING_LENGTH = 200_000;

/** Sheets are compared at most this often, in milliseconds. */
const HASH_MS = 1_200;

/**
 * A sheet whose rules the viewers are given: they have its first `sent` rules, but for the edits that are pending.
 * What stands behind them is still to be written, in slices.
 */
interface Followed {
  id: number;
  sheet: CSSStyleSheet;
  /** The element whose sheet it was when it was first followed; a constructed one has none. */
  owner: Element | null;
  /** Where relative addresses in it start, when the replica's sheet starts elsewhere. */
  base: string | undefined;
  sent: number;
  edits: Edit[];
  disabled: boolean;
  media: string;
  hash: number;
  /** Only masked places adopt it: it leaves without what its rules say. */
  masked: boolean;
}

/**
 * Stylesheets whose rules are not what their markup says: CSS-in-JS that inserts rules, sheets switched
 * on and off, constructed and adopted sheets. Sheets that are what their markup says cost nothing.
 */
export class StylesCapture implements CaptureFeature {
  readonly tags = ["style", "link"];
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #texts: StyleTextsCapture;
  readonly #onChange: () => void;
  readonly #followed = new Map<CSSStyleSheet, Followed>();
  /** Elements with a sheet of their own, and the sheet they had at the last look. */
  readonly #owners = new Map<Element, { record: NodeRecord; sheet: CSSStyleSheet | null }>();
  /** Those with rules whose properties the page may have set since the last flush. */
  readonly #handedOut = new Set<Followed>();
  readonly #adopted = new Map<Document | ShadowRoot, readonly CSSStyleSheet[]>();
  /** Sheets that a place does not adopt any more: others may. */
  readonly #left = new Set<CSSStyleSheet>();
  readonly #markup = new MarkupSheets();
  readonly #ruleTexts: RuleTexts;
  readonly #constructedIds = new WeakMap<CSSStyleSheet, number>();
  readonly #now: () => number;
  #comparedAt = 0;

  constructor(
    parts: {
      nodes: NodeTable;
      writer: MirrorWriter;
      budget: Budget;
      texts: StyleTextsCapture;
      now: () => number;
    },
    sources: WeakMap<CSSStyleSheet, string>,
    onChange: () => void,
  ) {
    const { nodes, writer, budget, texts, now } = parts;
    this.#ruleTexts = new RuleTexts(sources);
    this.#nodes = nodes;
    this.#writer = writer;
    this.#budget = budget;
    this.#texts = texts;
    this.#now = now;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#followed.clear();
    this.#handedOut.clear();
    this.#owners.clear();
    this.#adopted.clear();
    this.#left.clear();
  }

  element(element: Element, record: NodeRecord): void {
    this.#owners.set(element, { record, sheet: null });
  }

  root(root: Document | ShadowRoot): void {
    this.#adopted.set(root, []);
  }

  /** A rule was inserted (already done). */
  inserted(sheet: CSSStyleSheet, index: number, rule: string): void {
    this.#ruleTexts.inserted(sheet, index, rule);
    const known = this.#followed.get(sheet);
    if (known && index >= known.sent) {
      // Behind what the viewers have: it is written with the rest. Pages insert rules by the thousand.
      known.hash = 0;
      this.#onChange();
      return;
    }
    const followed = this.#noteEdit(sheet, -1);
    if (!followed || index >= followed.sent) return;
    followed.sent++;
    this.#edit(followed, { kind: "insert", index, rule: outgoing(followed, withBase(rule, followed.base)) });
  }

  deleted(sheet: CSSStyleSheet, index: number): void {
    const followed = this.#noteEdit(sheet, 1);
    if (!followed || index >= followed.sent) return;
    followed.sent--;
    this.#edit(followed, { kind: "delete", index });
  }

  /** The sheet changed in a way that only its whole text tells; `source` where that text is known. */
  rewritten(sheet: CSSStyleSheet, source?: string): void {
    this.#ruleTexts.rewritten(sheet, source);
    const followed = this.#noteEdit(sheet, 0);
    if (followed) this.#again(followed);
  }

  /** The page holds a rule's style and may set its properties, of which no hook tells: the sheet is compared. */
  handedOut({ parentStyleSheet: sheet }: CSSRule): void {
    const rules = sheet && readableRules(sheet);
    if (!rules || rules.length > MOST_HASHED) return;
    // A style that was not inspected yet will be compared with its text.
    const told = sheet.href !== null || this.#markup.makes(sheet, rules.length);
    const followed = this.#followed.get(sheet) ?? (told ? this.#follow(sheet, rules.length) : undefined);
    if (!followed || hasPending(followed)) return;
    followed.hash ||= rulesHash(rules);
    this.#handedOut.add(followed);
    this.#onChange();
  }

  /** A viewer could not load this element's sheet: its text goes over the wire. */
  requestText(record: NodeRecord): void {
    const { sheet } = record.node as HTMLLinkElement;
    if (!sheet || !readableRules(sheet)) return;
    const followed = this.#followed.get(sheet) ?? this.#follow(sheet);
    if (followed) this.#again(followed);
  }

  /** A part of the page was sent anew: the viewers' browsers parse its styles anew, which this page's has not. */
  repeat(): void {
    for (const followed of this.#followed.values()) if (followed.owner) this.#again(followed);
  }

  poll(): boolean {
    for (const [root, before] of this.#adopted) {
      if (this.#live(root) && !same(before, adoptedSheets(root))) return true;
    }
    for (const [element, { record, sheet }] of this.#owners) {
      if (!record.mirrored) continue;
      if (sheetOf(element) !== sheet || this.#ownerDiffers(element)) return true;
    }
    const now = this.#now();
    if (now - this.#comparedAt >= HASH_MS) {
      this.#comparedAt = now;
      for (const followed of this.#followed.values()) this.#compare(followed);
    }
    for (const followed of this.#followed.values()) {
      if (hasPending(followed) || stateDiffers(followed)) return true;
    }
    return false;
  }

  /** False when the budget ended before all rules were written. */
  flush(): boolean {
    for (const [element, owner] of this.#owners) this.#inspect(element, owner);
    for (const followed of this.#handedOut) this.#compare(followed);
    this.#handedOut.clear();
    for (const [root, before] of this.#adopted) if (!this.#adopt(root, before)) return false;
    this.#letGo();
    for (const followed of this.#followed.values()) if (!this.#write(followed)) return false;
    return true;
  }

  #inspect(element: Element, owner: { record: NodeRecord; sheet: CSSStyleSheet | null }): void {
    const sheet = sheetOf(element);
    const former = owner.sheet;
    owner.sheet = sheet;
    if (!owner.record.mirrored) this.#owners.delete(element);
    if (former && (former !== sheet || !owner.record.mirrored)) this.#followed.delete(former);
    if (!sheet || !owner.record.mirrored) return;
    if (former && former !== sheet && this.#markup.isEdited(former)) {
      // It was parsed anew, and the replica's, which may not have been, still has the edits.
      this.#markup.edit(sheet);
    }
    if (!this.#ownerDiffers(element)) return;
    // One that is only switched off has the rules of its markup.
    const plain = sheet.disabled && !this.#markup.isEdited(sheet);
    this.#follow(sheet, plain ? readableRules(sheet)?.length : undefined);
  }

  #adopt(root: Document | ShadowRoot, before: readonly CSSStyleSheet[]): boolean {
    if (!this.#live(root)) {
      this.#adopted.delete(root);
      for (const sheet of before) this.#left.add(sheet);
      return true;
    }
    const now = adoptedSheets(root);
    if (same(before, now)) return true;
    const ids: number[] = [];
    const masked = this.#isMasked(root);
    for (const sheet of now) {
      const followed = this.#followed.get(sheet) ?? this.#followConstructed(sheet, masked);
      if (followed.masked && !masked) {
        followed.masked = false;
        this.#again(followed);
      }
      if (!this.#write(followed)) return false;
      ids.push(followed.id);
    }
    for (const sheet of before) this.#left.add(sheet);
    this.#adopted.set(root, [...now]);
    writeAdopt(this.#writer, this.#nodes.idOf(root), ids);
    return true;
  }

  /** Sheets that no place adopts any more: the page may have let go of them too. */
  #letGo(): void {
    if (this.#left.size === 0) return;
    for (const sheets of this.#adopted.values()) for (const sheet of sheets) this.#left.delete(sheet);
    for (const sheet of this.#left) {
      const followed = this.#followed.get(sheet);
      if (!followed || followed.owner) continue;
      this.#followed.delete(sheet);
      writeSheetGone(this.#writer, followed.id);
    }
    this.#left.clear();
  }

  #write(followed: Followed): boolean {
    const { id, sheet, owner, edits } = followed;
    if (owner && (sheetOf(owner) !== sheet || this.#isMasked(owner))) {
      // Parsed anew meanwhile: what was done to the former sheet is gone with it. Styles in masked places stay here.
      this.#followed.delete(sheet);
      return true;
    }
    if (!hasPending(followed) && !stateDiffers(followed)) return true;
    // Edits are of what the text says, and a text that comes after them would undo them.
    for (const child of owner?.childNodes ?? []) this.#texts.give(this.#nodes.idOf(child));
    this.#texts.give(id);
    for (const edit of edits) {
      if (edit.kind === "clear")
        writeSheetText(this.#writer, id, edits.length === 1 ? this.#opening(followed) : "");
      else if (edit.kind === "insert") writeSheetInsert(this.#writer, id, edit.index, edit.rule);
      else writeSheetDelete(this.#writer, id, edit.index);
    }
    followed.edits = [];
    const rules = readableRules(sheet) ?? [];
    for (; followed.sent < rules.length; followed.sent++) {
      if (this.#budget.spent) return false;
      writeSheetInsert(
        this.#writer,
        id,
        followed.sent,
        outgoing(followed, this.#ruleTexts.ofRule(rules[followed.sent] as CSSRule, followed.base)),
      );
    }
    if (stateDiffers(followed)) {
      followed.disabled = sheet.disabled;
      followed.media = sheet.media.mediaText;
      writeSheetState(this.#writer, id, followed.disabled, followed.media);
    }
    return true;
  }

  /** A constructed sheet begins with many rules at once; a sheet of the markup is built rule by rule. */
  #opening(followed: Followed): string {
    const { sheet, base } = followed;
    const rules = sheet.ownerNode ? undefined : readableRules(sheet);
    if (!rules) return "";
    const given = this.#ruleTexts.ofSheet(sheet);
    let text = "";
    if (given !== undefined && given.length < OPENING_LENGTH && canMake(given, rules)) {
      followed.sent = rules.length;
      text = outgoing(followed, given);
    }
    for (; followed.sent < Math.min(rules.length, OPENING_RULES); followed.sent++)
      text += `${outgoing(followed, this.#ruleTexts.ofRule(rules[followed.sent] as CSSRule, base))}\n`;
    return followed.sent < rules.length ? text : this.#texts.outgoing(followed.id, text);
  }

  /**
   * The sheet, if the viewers have or will have it; followed from its first edit on.
   * @param undo what the edit, already made, takes from the number of rules
   */
  #noteEdit(sheet: CSSStyleSheet, undo: number): Followed | undefined {
    const count = (readableRules(sheet)?.length ?? 0) + undo;
    const agreed = this.#markup.agrees(sheet);
    this.#markup.edit(sheet);
    const followed = this.#followed.get(sheet) ?? this.#follow(sheet, agreed ? count : undefined);
    if (!followed) return undefined;
    followed.hash = 0;
    this.#onChange();
    return followed;
  }

  #edit(followed: Followed, edit: Edit): void {
    followed.edits.push(edit);
    if (followed.edits.length > MOST_EDITS) this.#again(followed);
  }

  #again(followed: Followed): void {
    followed.edits = [{ kind: "clear" }];
    followed.sent = 0;
    this.#onChange();
  }

  /**
   * @param known how many rules the viewers have by the markup; when that may differ from what is there, all
   *   rules are written from the first on
   */
  #follow(sheet: CSSStyleSheet, known?: number): Followed | undefined {
    const owner = sheet.ownerNode as Node | null;
    const id = this.#nodes.idOf(owner);
    if (!id || this.#isMasked(owner as Node)) return undefined;
    return this.#add(id, sheet, sheet.media.mediaText, known);
  }

  #followConstructed(sheet: CSSStyleSheet, masked: boolean): Followed {
    const id = this.#constructedIds.get(sheet) ?? this.#nodes.reserveId();
    this.#constructedIds.set(sheet, id);
    const followed = this.#add(id, sheet, "", undefined);
    followed.masked = masked;
    return followed;
  }

  #isMasked(node: Node): boolean {
    return this.#nodes.mirrored(node)?.masked === true;
  }

  #add(id: number, sheet: CSSStyleSheet, media: string, known: number | undefined): Followed {
    const base = sheet.href ?? undefined;
    const edits: Edit[] = known === undefined ? [{ kind: "clear" }] : [];
    const owner = sheet.ownerNode as Element | null;
    const sent = known ?? 0;
    const state = { disabled: false, media, hash: 0, masked: false };
    const followed: Followed = { id, sheet, owner, base, sent, edits, ...state };
    this.#followed.set(sheet, followed);
    return followed;
  }

  #live(root: Document | ShadowRoot): boolean {
    return this.#nodes.idOf(root) !== 0;
  }

  #ownerDiffers(element: Element): boolean {
    const sheet = sheetOf(element);
    return sheet !== null && !this.#followed.has(sheet) && this.#markup.differs(element, sheet);
  }

  /** Finds what no hook sees: `rule.style.color = …`, and pages that kept the original methods. */
  #compare(followed: Followed): void {
    const rules = readableRules(followed.sheet);
    if (!rules || rules.length > MOST_HASHED || hasPending(followed)) return;
    const hash = rulesHash(rules);
    if (followed.hash && followed.hash !== hash) this.#again(followed);
    followed.hash = hash;
  }
}

function sheetOf(element: Element): CSSStyleSheet | null {
  return (element as HTMLStyleElement | HTMLLinkElement).sheet;
}

function hasPending({ sheet, edits, sent }: Followed): boolean {
  return edits.length > 0 || sent !== (readableRules(sheet)?.length ?? 0);
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

function outgoing({ masked }: Followed, css: string): string {
  return masked ? withoutTexts(css) : css;
}
