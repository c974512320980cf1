import type { CaptureParts } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { Budget } from "../../core/flow/budget.ts";
import { withLocalParts } from "../../core/tree/local-parts.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { withoutTexts } from "../../privacy/masked-styles.ts";
import type { StyleTextsCapture } from "../style-texts/capture.ts";
import type { ComparedSheet } from "./author-texts.ts";
import { again, type Edit, type FollowedSheet, hasPending, stateDiffers } from "./followed-sheet.ts";
import { readableRules } from "./readable-rules.ts";
import type { RuleTexts } from "./rule-texts.ts";
import { canMake, type Saw } from "./rules.ts";
import { writeSheetDelete, writeSheetInsert, writeSheetState, writeSheetText } from "./wire.ts";

/** More edits than this between two flushes are cheaper as the whole sheet. */
export const MOST_EDITS = 2_000;

/** Rules of a constructed sheet that are written in one operation, and the length of a text that is. */
const OPENING_RULES = 300;
const OPENING_LENGTH = 200_000;

/** Writes what is pending of sheets. */
export class SheetWriter {
  readonly #document: Element;
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #texts: StyleTextsCapture;
  readonly #rules: RuleTexts;
  readonly #saw: Saw;

  constructor(
    parts: Pick<CaptureParts, "window" | "nodes" | "writer" | "budget"> & { texts: StyleTextsCapture },
    rules: RuleTexts,
    saw: Saw,
  ) {
    this.#document = dom.documentElement(parts.window.document);
    this.#nodes = parts.nodes;
    this.#writer = parts.writer;
    this.#budget = parts.budget;
    this.#texts = parts.texts;
    this.#rules = rules;
    this.#saw = saw;
  }

  /** A rule's text as the viewers get it. */
  outgoing({ ownerNode }: CSSStyleSheet, text: string, masked: boolean): string {
    const local = text.includes("url(") ? withLocalParts(text, ownerNode ?? this.#document) : text;
    return masked ? withoutTexts(local) : local;
  }

  /** False when the budget ended first. */
  write(followed: FollowedSheet): boolean {
    const { id, sheet, owner } = followed;
    if (hasPending(followed)) {
      if (this.#waits(followed)) return true;
      // Edits are of what the text says, and a text that comes after them would undo them.
      for (const child of owner ? dom.childNodes(owner) : []) this.#texts.give(this.#nodes.idOf(child));
      this.#texts.give(id);
      if (!this.#writeRules(followed)) return false;
    }
    if (stateDiffers(followed)) {
      followed.disabled = sheet.disabled;
      followed.media = sheet.media.mediaText;
      writeSheetState(this.#writer, id, followed.disabled, followed.media);
    }
    return true;
  }

  /** Whether the text of its author has to be read first. */
  #waits({ sheet, owner, begin, changed, flat, linked }: FollowedSheet): boolean {
    const whole =
      begin !== undefined &&
      (linked || (owner && (dom.localName(owner) === "link" || dom.textContent(owner) !== "")));
    const given = owner || begin === undefined ? undefined : this.#rules.ofSheet(sheet);
    const lost = given?.includes("var(") && this.#givenText(sheet) === undefined;
    const needs =
      (owner && whole) || flat || lost || [...changed].some((rule) => this.#rules.lacks(rule, flat));
    return Boolean(needs) && !this.#rules.settled(sheet);
  }

  #writeRules(followed: FollowedSheet): boolean {
    const { id, sheet } = followed;
    const rules = readableRules(sheet) ?? [];
    this.#begin(followed, rules);
    for (const edit of followed.edits) {
      if (edit.kind === "insert") writeSheetInsert(this.#writer, id, edit.index, edit.rule);
      else writeSheetDelete(this.#writer, id, edit.index);
    }
    followed.edits = [];
    for (; followed.sent < rules.length; followed.sent++) {
      if (this.#budget.spent) return false;
      const rule = rules[followed.sent] as CSSRule;
      followed.changed.delete(rule);
      writeSheetInsert(this.#writer, id, followed.sent, this.#outgoing(followed, rule));
    }
    if (followed.changed.size === 0) return true;
    const all = [...rules];
    for (const rule of followed.changed) {
      if (this.#budget.spent) return false;
      followed.changed.delete(rule);
      const index = all.indexOf(rule);
      if (index < 0) continue;
      writeSheetDelete(this.#writer, id, index);
      writeSheetInsert(this.#writer, id, index, this.#outgoing(followed, rule));
    }
    return true;
  }

  #begin(followed: FollowedSheet, rules: ArrayLike<CSSRule>): void {
    const compared = this.#rules.authors?.compared(followed.sheet);
    if (followed.linked || (followed.begin === "compare" && (!compared || followed.flat))) again(followed);
    if (followed.begin === "compare" && compared) {
      followed.edits = this.#editsOf(followed, compared, rules);
      followed.sent = rules.length;
      for (const rule of compared.changed) followed.changed.add(rule);
      if (followed.edits.length > MOST_EDITS) again(followed);
    }
    if (followed.begin === "anew") {
      followed.linked = false;
      writeSheetText(this.#writer, followed.id, this.#opening(followed));
    }
    followed.begin = undefined;
  }

  /** What makes of the rules of an author's text those of the sheet. */
  #editsOf(followed: FollowedSheet, compared: ComparedSheet, rules: ArrayLike<CSSRule>): Edit[] {
    const edits: Edit[] = [];
    let next = 0;
    let index = 0;
    for (; index < rules.length; index++) {
      const rule = rules[index] as CSSRule;
      const place = compared.places.get(rule);
      if (place === undefined) edits.push({ kind: "insert", index, rule: this.#outgoing(followed, rule) });
      else {
        for (; next < place; next++) edits.push({ kind: "delete", index });
        next = place + 1;
      }
    }
    for (; next < compared.made.length; next++) edits.push({ kind: "delete", index });
    return edits;
  }

  /** A constructed sheet begins with many rules at once; a sheet of the markup is built rule by rule. */
  #opening(followed: FollowedSheet): string {
    const { sheet } = followed;
    const rules = sheet.ownerNode ? undefined : readableRules(sheet);
    if (!rules) return "";
    const given = this.#givenText(sheet);
    let text = "";
    if (given !== undefined) {
      followed.sent = rules.length;
      text = followed.masked ? withoutTexts(given) : given;
    }
    for (; followed.sent < Math.min(rules.length, OPENING_RULES); followed.sent++)
      text += `${this.#outgoing(followed, rules[followed.sent] as CSSRule)}\n`;
    return followed.sent < rules.length ? text : this.#texts.outgoing(followed.id, text);
  }

  /** The text that makes a constructed sheet. */
  #givenText(sheet: CSSStyleSheet): string | undefined {
    const given = this.#rules.whole(sheet);
    const rules = readableRules(sheet);
    return given !== undefined && rules && given.length < OPENING_LENGTH && canMake(given, rules, this.#saw)
      ? given
      : undefined;
  }

  #outgoing({ sheet, masked, flat }: FollowedSheet, rule: CSSRule): string {
    this.#saw(rule);
    return this.outgoing(sheet, this.#rules.ofRule(rule, flat), masked);
  }
}
