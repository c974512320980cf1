import type { MirrorWriter, RareWriter } from "@copane/protocol";
import { readableRules } from "../../readable-rules.ts";
import type { Budget } from "../budget.ts";
import type { NodeRecord } from "../nodes.ts";
import { absoluteUrls } from "./rules.ts";
import { neededClasses, ruleText, type StateRule, stateRules } from "./state-rules.ts";
import type { Watcher } from "./types.ts";

/** Stands among the classes that a page has, once it has a canvas; no class has a space in it. */
const CANVAS = " canvas";

/** A stylesheet that is being gone through. */
interface Aside {
  sheet: CSSStyleSheet;
  rules: Iterator<StateRule | undefined>;
  /** How many of its rules were found. */
  found: number;
  /** The viewers have rules of the sheet that the element had before. */
  former: boolean;
}

/** A rule that nothing in the page matches yet. */
interface Waiting {
  record: NodeRecord;
  aside: Aside;
  position: number;
  rule: StateRule;
  /** The classes of one of its selectors. */
  needs: readonly string[];
}

/**
 * Stylesheets that viewers have but may not read: they get the rules that depend on a state, each as soon as the
 * page has the classes that it is about. Most rules of a library are about what a page does not have.
 */
export class AsideWatcher implements Watcher {
  readonly #writer: MirrorWriter;
  readonly #rare: RareWriter;
  readonly #budget: Budget;
  readonly #onChange: () => void;
  readonly #asides = new Map<NodeRecord, Aside>();
  readonly #seen = new Set<string>();
  /** By one class that is missing. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #sent = new WeakSet<StateRule>();
  #canvas = false;

  constructor(writer: MirrorWriter, rare: RareWriter, budget: Budget, onChange: () => void) {
    this.#writer = writer;
    this.#rare = rare;
    this.#budget = budget;
    this.#onChange = onChange;
  }

  clear(): void {
    this.#asides.clear();
    this.#seen.clear();
    this.#waiting.clear();
    this.#canvas = false;
  }

  /** The page has a canvas. */
  canvas(): void {
    this.#canvas = true;
  }

  request(record: NodeRecord): void {
    const { sheet } = record.node as HTMLLinkElement;
    const rules = sheet && readableRules(sheet);
    // All viewers were given what the first asked for.
    if (!rules || this.#asides.get(record)?.sheet === sheet) return;
    const former = this.#asides.has(record);
    this.#asides.set(record, { sheet, rules: stateRules(rules), found: 0, former });
    for (const [name, all] of this.#waiting) this.#waiting.set(name, all.filter(this.#stands));
    this.#onChange();
  }

  /** False when the budget ended before all rules were looked at. */
  flush(): boolean {
    if (this.#asides.size === 0) return true;
    this.#learn();
    for (const [record, aside] of this.#asides) {
      if (!record.mirrored) this.#asides.delete(record);
      else if (!this.#goThrough(record, aside)) return false;
    }
    return true;
  }

  #goThrough(record: NodeRecord, aside: Aside): boolean {
    if (aside.former) this.#rare.sheetAside(record.id, 0, "");
    aside.former = false;
    while (!this.#budget.spent) {
      const { value: rule, done } = aside.rules.next();
      if (done) return true;
      if (!rule) continue;
      const position = aside.found++;
      for (const classes of neededClasses(rule.selectors)) {
        const needs = rule.canvas ? [...classes, CANVAS] : classes;
        this.#sendOrWait({ record, aside, position, rule, needs });
      }
    }
    return false;
  }

  /** What the page has by now that it had not before. */
  #learn(): void {
    if (this.#writer.manyClasses) {
      const all = [...this.#waiting.values()].flat();
      this.#waiting.clear();
      for (const one of all) this.#sendOrWait(one);
    }
    if (this.#canvas) this.#see(CANVAS);
    for (const attribute of this.#writer.takeClasses())
      for (const name of attribute.toLowerCase().split(/[\t\n\f\r ]+/)) this.#see(name);
  }

  #see(name: string): void {
    this.#seen.add(name);
    const waiting = this.#waiting.get(name);
    if (!waiting) return;
    this.#waiting.delete(name);
    for (const one of waiting) this.#sendOrWait(one);
  }

  #sendOrWait(one: Waiting): void {
    const { record, aside, position, rule, needs } = one;
    // One that a script has taken out of its sheet stands in no group any more.
    if (this.#sent.has(rule) || !this.#stands(one) || !rule.rule.parentStyleSheet) return;
    const missing = this.#writer.manyClasses ? undefined : needs.find((name) => !this.#seen.has(name));
    if (missing !== undefined) {
      const waiting = this.#waiting.get(missing);
      if (waiting) waiting.push(one);
      else this.#waiting.set(missing, [one]);
      return;
    }
    this.#sent.add(rule);
    this.#rare.sheetAside(record.id, position, absoluteUrls(ruleText(rule), aside.sheet.href ?? ""));
  }

  readonly #stands = ({ record, aside }: Waiting): boolean =>
    record.mirrored && this.#asides.get(record) === aside;
}
