import * as dom from "../../core/dom.ts";
import { type AuthorRules, authorRules } from "./author-rules.ts";
import { groupsOf, importsOf, isImport, readableRules } from "./readable-rules.ts";
import { composed, type ScriptedRule } from "./rule-composer.ts";
import { isLong, type Saw, withBase } from "./rules.ts";
import { encodingFor, sheetFile } from "./sheet-file.ts";

/** How long one turn of reading may take, in milliseconds, and how long it may wait for the page to be idle. */
const TURN_MS = 4;
const MOST_WAIT_MS = 200;

/** Rules of a sheet that are written out in one step. */
const STEP_RULES = 32;

/** A sheet beside its author's text, when that was read. */
export interface ComparedSheet extends AuthorRules {
  /** Which of the author's rules a rule of the sheet is, or stands in the place of. */
  readonly places: ReadonlyMap<CSSRule, number>;
  /** Rules that stand in the place of one that says something else. */
  readonly changed: ReadonlySet<CSSRule>;
  /** Whether the sheet is not what the text makes. */
  readonly differs: boolean;
}

/** What is known of texts that scripts gave. */
export interface ScriptedTexts {
  /** The text that a script made a sheet of. */
  ofSheet(sheet: CSSStyleSheet): string | undefined;
  scripted(rule: CSSRule): ScriptedRule | undefined;
}

/** Texts of sheets as their authors wrote them, read again from elements, files and what scripts gave. */
export class AuthorTexts {
  readonly #sheets = new WeakMap<
    CSSStyleSheet,
    { text: string | undefined; compared?: ComparedSheet; done: boolean }
  >();
  readonly #scripts: ScriptedTexts;
  readonly #saw: Saw;
  readonly #onChange: () => void;

  constructor(scripts: ScriptedTexts, saw: Saw, onChange: () => void) {
    this.#scripts = scripts;
    this.#saw = saw;
    this.#onChange = onChange;
  }

  /** Whether all is known of a sheet, and of what it imports, that can be. If not it is read. */
  settled(sheet: CSSStyleSheet): boolean {
    const rules = readableRules(sheet);
    if (!rules) return true;
    let all = true;
    for (const { sheet: imported } of importsOf(rules)) all = this.settled(imported) && all;
    const owner = sheet.ownerNode as Element | null;
    const text =
      owner && dom.localName(owner) === "style"
        ? (dom.textContent(owner) ?? "")
        : this.#scripts.ofSheet(sheet);
    const known = this.#sheets.get(sheet);
    if (known && (sheet.href !== null || known.text === text)) return all && known.done;
    return this.#read(sheet, text) && all;
  }

  /** Of a sheet that was read: whether it, or what it imports, is not what its text makes. */
  differs(sheet: CSSStyleSheet): "no" | "own" | "imported" {
    const rules = readableRules(sheet);
    for (const { sheet: imported } of rules ? importsOf(rules) : [])
      if (this.differs(imported) !== "no") return "imported";
    return this.compared(sheet)?.differs ? "own" : "no";
  }

  /** What was found when the sheet was read. */
  compared(sheet: CSSStyleSheet): ComparedSheet | undefined {
    return this.#sheets.get(sheet)?.compared;
  }

  /** A rule as a text that makes the same; what its sheet imports stands in it, where `flat`. */
  textOf(rule: CSSRule, flat: boolean): string {
    const scripted = this.#scripts.scripted(rule);
    const { parentStyleSheet: sheet } = rule;
    const base = sheet?.href ?? undefined;
    if (isImport(rule)) return flat ? this.#flat(rule) : withBase(rule.cssText, base);
    const compared = sheet ? this.compared(sheet) : undefined;
    const place = compared?.places.get(rule);
    const written = scripted?.text ?? (place === undefined ? undefined : compared?.texts[place]);
    const asWritten = written !== undefined && !scripted?.edited && !compared?.changed.has(rule);
    const made = place === undefined || compared?.made[place] === rule.cssText;
    if (asWritten && made) return withBase(written, base);
    return withBase(
      composed(rule, written ?? "", (inner) => this.#scripts.scripted(inner)),
      base,
    );
  }

  #flat(rule: CSSImportRule): string {
    const { styleSheet } = rule;
    const rules = styleSheet && readableRules(styleSheet);
    if (!rules) return withBase(rule.cssText, rule.parentStyleSheet?.href ?? undefined);
    let css = [...rules].map((inner) => this.textOf(inner, true)).join("\n");
    for (const group of groupsOf(rule).reverse()) css = `${group}{${css}}`;
    // One rule in place of one.
    return `@media all{${css}}`;
  }

  /** False when the text is still to come. */
  #read(sheet: CSSStyleSheet, text: string | undefined): boolean {
    const known: { text: string | undefined; compared?: ComparedSheet; done: boolean } = {
      text,
      done: false,
    };
    this.#sheets.set(sheet, known);
    if (text !== undefined && !isLong(text)) {
      const reading = comparing(sheet, text, this.#saw);
      let step = reading.next();
      while (!step.done) step = reading.next();
      known.compared = step.value;
      known.done = true;
      return true;
    }
    if (text === undefined && !sheet.href) {
      known.done = true;
      return true;
    }
    this.#readFile(sheet, text)
      .then((compared) => {
        if (compared) known.compared = compared;
      })
      .catch(() => {})
      .finally(() => {
        known.done = true;
        this.#onChange();
      });
    return false;
  }

  async #readFile(sheet: CSSStyleSheet, given: string | undefined): Promise<ComparedSheet | undefined> {
    const text = given ?? (await sheetFile(sheet.href ?? "", encodingFor(sheet)));
    return text === undefined ? undefined : inTurns(comparing(sheet, text, this.#saw));
  }
}

/** Reads a text and the rules of a sheet, and finds out which belong together. */
function* comparing(sheet: CSSStyleSheet, text: string, saw: Saw): Generator<void, ComparedSheet> {
  const author = yield* authorRules(text);
  const { made } = author;
  const rules = [...(readableRules(sheet) ?? [])];
  const live: (string | undefined)[] = [];
  for (const rule of rules) {
    const written = isImport(rule) ? undefined : rule.cssText;
    if (written !== undefined) saw(rule, written);
    live.push(written);
    if (live.length % STEP_RULES === 0) yield;
  }
  const places = new Map<CSSRule, number>();
  const changed = new Set<CSSRule>();
  const least = Math.min(live.length, made.length);
  let start = 0;
  while (start < least && live[start] === made[start]) start++;
  let end = 0;
  while (end < least - start && live[live.length - 1 - end] === made[made.length - 1 - end]) end++;
  const shift = made.length - live.length;
  let next = start;
  rules.forEach((rule, i) => {
    if (i < start) places.set(rule, i);
    else if (i >= live.length - end) places.set(rule, i + shift);
    else if (shift === 0) {
      places.set(rule, i);
      if (live[i] !== made[i]) changed.add(rule);
    } else {
      const same = made.indexOf(live[i], next);
      if (same < 0 || same >= made.length - end) return;
      places.set(rule, same);
      next = same + 1;
    }
  });
  return { ...author, places, changed, differs: start < Math.max(live.length, made.length) };
}

function inTurns<T>(work: Generator<void, T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const turn = () => {
      const until = performance.now() + TURN_MS;
      try {
        for (let step = work.next(); ; step = work.next()) {
          if (step.done) return resolve(step.value);
          if (performance.now() >= until) return later(turn);
        }
      } catch (error) {
        reject(error);
      }
    };
    later(turn);
  });
}

function later(turn: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(turn, { timeout: MOST_WAIT_MS });
  else setTimeout(turn, TURN_MS);
}
