import type { CaptureFeature, CaptureParts } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";
import type { StyleTextsCapture } from "../style-texts/capture.ts";
import { AdoptedSheets } from "./adopted-sheets.ts";
import type { AuthorTexts } from "./author-texts.ts";
import { again, type Edit, type FollowedSheet, hasPending, stateDiffers } from "./followed-sheet.ts";
import { FollowedSheets } from "./followed-sheets.ts";
import { MarkupSheets } from "./markup-sheets.ts";
import { isImport, outermostRule, readableRules } from "./readable-rules.ts";
import { RuleTexts } from "./rule-texts.ts";
import { RuleWatch } from "./rule-watch.ts";
import { withBase } from "./rules.ts";
import { SheetOwners, sheetOf } from "./sheet-owners.ts";
import { MOST_EDITS, SheetWriter } from "./sheet-writer.ts";
import { writeAdopt, writeSheetGone } from "./wire.ts";

/** Rules that the page holds are compared at most this often, in milliseconds. */
const COMPARE_MS = 1_200;

/**
 * Stylesheets whose rules are not what their markup says: CSS-in-JS that inserts rules, rules that scripts edit,
 * sheets switched on and off, constructed and adopted sheets. What hooks do not tell of is found by comparing.
 */
export class StylesCapture implements CaptureFeature {
  readonly tags = ["style", "link"];
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  readonly #now: () => number;
  readonly #call: () => boolean;
  readonly #followed: FollowedSheets;
  readonly #owners: SheetOwners;
  readonly #watch: RuleWatch;
  readonly #adopted: AdoptedSheets;
  readonly #markup = new MarkupSheets((rule, text) => this.saw(rule, text));
  readonly #ruleTexts: RuleTexts;
  readonly #sheetWriter: SheetWriter;
  /** What we read ourselves is not handed out to the page. */
  #reading = false;
  #comparedAt = 0;

  /**
   * @param sources texts of constructed sheets that were found before
   * @param call for what reads and compares sheets; false when that does not come
   */
  constructor(
    parts: Pick<CaptureParts, "window" | "nodes" | "writer" | "budget" | "now"> & {
      texts: StyleTextsCapture;
    },
    sources: WeakMap<CSSStyleSheet, string>,
    call: () => boolean,
    onChange: () => void,
  ) {
    this.#ruleTexts = new RuleTexts(sources, call);
    this.#sheetWriter = new SheetWriter(parts, this.#ruleTexts, (rule) => this.saw(rule));
    this.#owners = new SheetOwners(this.#markup);
    this.#followed = new FollowedSheets(parts.nodes, this.#markup);
    this.#nodes = parts.nodes;
    this.#writer = parts.writer;
    this.#now = parts.now;
    this.#watch = new RuleWatch(parts.now, () => this.#sheets());
    this.#adopted = new AdoptedSheets(parts.nodes);
    this.#call = call;
    this.#onChange = onChange;
  }

  /** Texts that scripts gave to rules and sheets. */
  get ruleTexts(): RuleTexts {
    return this.#ruleTexts;
  }

  /** What reads and compares sheets is there. */
  arrived(authors: AuthorTexts): void {
    this.#ruleTexts.authors = authors;
  }

  beginEpoch(): void {
    this.#followed.clear();
    this.#owners.clear();
    this.#adopted.clear();
    this.#watch.beginEpoch();
  }

  element(element: Element, record: NodeRecord): void {
    this.#owners.add(element, record);
  }

  root(root: Document | ShadowRoot): void {
    this.#adopted.add(root);
  }

  /** A rule was read, to compare it with what the viewers have or to write it for them. */
  saw(rule: CSSRule, text?: string): void {
    this.#watch.saw(rule, text);
  }

  /** A rule was inserted (already done). */
  inserted(sheet: CSSStyleSheet, index: number, rule: string): void {
    this.#ruleTexts.inserted(readableRules(sheet), index, rule);
    if (this.#isImported(sheet)) return;
    const known = this.#followed.get(sheet);
    if (known && index >= known.sent) {
      // Behind what the viewers have: it is written with the rest. Pages insert rules by the thousand.
      this.#onChange();
      return;
    }
    const followed = this.#noteEdit(sheet, -1);
    if (!followed || index >= followed.sent) return;
    followed.sent++;
    const text = withBase(rule, sheet.href ?? undefined);
    this.#edit(followed, {
      kind: "insert",
      index,
      rule: this.#sheetWriter.outgoing(sheet, text, followed.masked),
    });
  }

  /** A rule was inserted in another, or put at its end (already done). */
  insertedIn(group: CSSRule & { cssRules?: CSSRuleList }, rule: string, index?: number): void {
    const { cssRules } = group;
    this.#ruleTexts.inserted(cssRules, index ?? (cssRules?.length ?? 0) - 1, rule);
    this.edited(group);
  }

  deleted(sheet: CSSStyleSheet, index: number): void {
    if (this.#isImported(sheet)) return;
    const followed = this.#noteEdit(sheet, 1);
    if (!followed || index >= followed.sent) return;
    followed.sent--;
    this.#edit(followed, { kind: "delete", index });
  }

  /** The sheet changed in a way that only its whole text tells; `source` where that text is known. */
  rewritten(sheet: CSSStyleSheet, source?: string): void {
    this.#ruleTexts.rewritten(sheet, source);
    if (this.#isImported(sheet)) return;
    const followed = this.#noteEdit(sheet, 0);
    if (followed) this.#again(followed);
  }

  /**
   * A rule says something else now (already done).
   * @param property what was declared in it, with its value; empty for all of it
   */
  edited(rule: CSSRule, property?: string, value?: string): void {
    this.#ruleTexts.edited(rule, property, value);
    this.#changed(rule);
  }

  /** The page holds a rule's style or media and may set what is in it, of which no hook tells. */
  handedOut(rule: CSSRule): void {
    if (!this.#reading && rule.parentStyleSheet && this.#watch.handedOut(rule)) this.#onChange();
  }

  /** A viewer could not load this element's sheet, or what it imports: its rules go over the wire. */
  requestText(record: NodeRecord): void {
    const sheet = dom.sheet(record.node as Element);
    if (!sheet || !readableRules(sheet)) return;
    const followed = this.#followed.get(sheet) ?? this.#followed.follow(sheet);
    if (!followed) return;
    followed.flat = true;
    this.#again(followed);
  }

  /** A part of the page was sent anew: the viewers' browsers parse its styles anew, which this page's has not. */
  repeat(): void {
    for (const followed of this.#followed.all()) if (followed.owner) this.#again(followed);
  }

  /** A sheet, or what it imports, was found not to be what its markup says. */
  differs(sheet: CSSStyleSheet, imported: boolean): void {
    const known = this.#followed.get(sheet);
    if (known && (known.flat || !imported)) return;
    if (imported) this.#markup.editImported(sheet);
    else this.#markup.edit(sheet);
    if (known) {
      known.flat = true;
      this.#again(known);
    } else this.#followed.follow(sheet);
    this.#onChange();
  }

  /** Sheets that the viewers have by their markup and that were not compared with it. */
  *unread(): Generator<CSSStyleSheet> {
    for (const sheet of this.#owners.unread()) {
      const followed = this.#followed.get(sheet);
      // One whose own rules are known to be others may import others, too.
      if (!followed || (this.#markup.isEdited(sheet) && !followed.flat)) yield sheet;
    }
  }

  poll(): boolean {
    if (this.#adopted.differ) return true;
    if (this.#owners.some((element, sheet) => this.#differs(element, sheet))) return true;
    const now = this.#now();
    if (now - this.#comparedAt >= COMPARE_MS) {
      this.#comparedAt = now;
      for (const rule of this.#watch.turn()) this.#noticed(rule);
      if (!this.unread().next().done) this.#call();
    }
    for (const followed of this.#followed.all()) {
      if (hasPending(followed) || stateDiffers(followed)) return true;
    }
    return false;
  }

  /** False when the budget ended before all rules were written. */
  flush(): boolean {
    this.#reading = true;
    try {
      return this.#flush();
    } finally {
      this.#reading = false;
    }
  }

  #flush(): boolean {
    for (const [element, former, sheet] of this.#owners.look()) this.#inspect(element, former, sheet);
    for (const rule of this.#watch.takeChanged()) this.#noticed(rule);
    for (const [root, sheets] of this.#adopted.pending()) if (!this.#adopt(root, sheets)) return false;
    this.#letGo();
    for (const followed of this.#followed.all()) if (!this.#write(followed)) return false;
    return true;
  }

  /** All sheets that the viewers have. */
  *#sheets(): Generator<CSSStyleSheet> {
    yield* this.#owners.sheets();
    for (const { sheet, owner } of this.#followed.all()) if (!owner) yield sheet;
  }

  #inspect(element: Element, former: CSSStyleSheet | null, sheet: CSSStyleSheet | null): void {
    if (former && former !== sheet) this.#followed.delete(former);
    if (!sheet) return;
    if (former && former !== sheet && this.#markup.isEdited(former)) {
      // It was parsed anew, and the replica's, which may not have been, still has the edits.
      this.#markup.edit(sheet);
      const followed = this.#followed.follow(sheet);
      if (followed) again(followed);
    } else if (this.#differs(element, sheet)) {
      // One that is only switched has the rules of its markup.
      this.#followed.follow(sheet, this.#markup.isEdited(sheet) ? undefined : readableRules(sheet)?.length);
    }
  }

  #adopt(root: Document | ShadowRoot, sheets: readonly CSSStyleSheet[]): boolean {
    const ids: number[] = [];
    const masked = this.#followed.isMasked(root);
    for (const sheet of sheets) {
      const followed = this.#followed.get(sheet) ?? this.#followed.followConstructed(sheet, masked);
      if (followed.masked && !masked) {
        followed.masked = false;
        this.#again(followed);
      }
      if (!this.#write(followed)) return false;
      ids.push(followed.id);
    }
    this.#adopted.told(root, sheets);
    writeAdopt(this.#writer, this.#nodes.idOf(root), ids);
    return true;
  }

  #letGo(): void {
    for (const sheet of this.#adopted.takeLeft()) {
      const followed = this.#followed.get(sheet);
      if (!followed || followed.owner) continue;
      this.#followed.delete(sheet);
      writeSheetGone(this.#writer, followed.id);
    }
  }

  #write(followed: FollowedSheet): boolean {
    const { sheet, owner } = followed;
    if (owner && (sheetOf(owner) !== sheet || this.#followed.isMasked(owner))) {
      // Parsed anew meanwhile: what was done to the former sheet is gone with it. Styles in masked places stay here.
      this.#followed.delete(sheet);
      return true;
    }
    return this.#sheetWriter.write(followed);
  }

  /** Found by comparing: what the page holds of it may be declared with variables. */
  #noticed(rule: CSSRule): void {
    this.#reading = true;
    this.edited(rule, "", (rule as CSSStyleRule).style?.cssText);
    this.#reading = false;
  }

  /** @param inside what it imports is another, not the rule alone */
  #changed(rule: CSSRule, inside = false): void {
    const own = outermostRule(rule);
    const sheet = own.parentStyleSheet;
    const followed = sheet && this.#noteEdit(sheet, 0);
    if (!followed) return;
    this.#watch.known(rule);
    if (own !== rule) this.#watch.known(own);
    if ((inside || own !== rule) && isImport(own) && !followed.flat) {
      this.#markup.editImported(sheet);
      followed.flat = true;
      this.#again(followed);
    } else followed.changed.add(own);
  }

  /** Whether it is imported: then what imports it says something else now. */
  #isImported({ ownerRule }: CSSStyleSheet): boolean {
    if (ownerRule) this.#changed(ownerRule, true);
    return ownerRule !== null;
  }

  /**
   * The sheet, if the viewers have or will have it; followed from its first edit on.
   * @param undo what the edit, already made, takes from the number of rules
   */
  #noteEdit(sheet: CSSStyleSheet, undo: number): FollowedSheet | undefined {
    const count = (readableRules(sheet)?.length ?? 0) + undo;
    const agreed = this.#markup.agrees(sheet);
    this.#markup.edit(sheet);
    const followed = this.#followed.get(sheet) ?? this.#followed.follow(sheet, agreed ? count : undefined);
    if (followed) this.#onChange();
    return followed;
  }

  #edit(followed: FollowedSheet, edit: Edit): void {
    followed.edits.push(edit);
    if (followed.edits.length > MOST_EDITS) this.#again(followed);
  }

  #again(followed: FollowedSheet): void {
    again(followed);
    this.#onChange();
  }

  #differs(element: Element, sheet: CSSStyleSheet): boolean {
    return !this.#followed.get(sheet) && this.#markup.differs(element, sheet);
  }
}
