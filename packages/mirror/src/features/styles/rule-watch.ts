import { isImport, readableRules } from "./readable-rules.ts";
import { textHash } from "./rules.ts";

/** More than this many are not compared first; those that were held for longest go first. */
const MOST_HELD = 1_000;

/** How long one turn may take, in milliseconds: one of what the page holds, and one of all. */
const TURN_MS = 1;

/**
 * Rules that scripts edit without any hook telling of it. Those whose style or media the page was given are compared
 * soon; all others again and again, bit by bit, for a page may have kept what it was given before capture began.
 */
export class RuleWatch {
  readonly #now: () => number;
  readonly #sheets: () => Iterable<CSSStyleSheet>;
  /** What rules said when they were looked at last. */
  readonly #hashes = new WeakMap<CSSRule, number>();
  readonly #held = new Set<CSSRule>();
  /** Those handed out since the last flush. */
  readonly #fresh = new Set<CSSRule>();
  #round: Iterator<CSSRule> | undefined;

  constructor(now: () => number, sheets: () => Iterable<CSSStyleSheet>) {
    this.#now = now;
    this.#sheets = sheets;
  }

  beginEpoch(): void {
    this.#round = undefined;
  }

  /** The page may set what is in a rule. False when that is known and the rule waits to be compared. */
  handedOut(rule: CSSRule): boolean {
    if (this.#fresh.has(rule) || this.#fresh.size >= MOST_HELD) return false;
    this.saw(rule);
    const [oldest] = this.#held;
    if (oldest && this.#held.size >= MOST_HELD) this.#held.delete(oldest);
    this.#held.add(rule);
    this.#fresh.add(rule);
    return true;
  }

  /** What a rule says now is known. */
  known(rule: CSSRule): void {
    this.#hashes.set(rule, hashOf(rule));
  }

  /** Those of the rules handed out last that are others now. */
  takeChanged(): CSSRule[] {
    const changed = [...this.#fresh].filter((rule) => this.#differs(rule));
    this.#fresh.clear();
    return changed;
  }

  /** What a rule said when it was first read, for the viewers: it may be edited before the first look at it. */
  saw(rule: CSSRule, text?: string): void {
    if (!this.#hashes.has(rule)) this.#hashes.set(rule, textHash(text ?? rule.cssText));
  }

  /** Those of as many as one turn allows, at least one, that are others now; each in its turn. */
  turn(): CSSRule[] {
    const changed: CSSRule[] = [];
    let until = this.#now() + TURN_MS;
    for (const rule of [...this.#held]) {
      this.#held.delete(rule);
      if (rule.parentStyleSheet) {
        this.#held.add(rule);
        if (this.#differs(rule)) changed.push(rule);
      }
      if (this.#now() >= until) break;
    }
    until = this.#now() + TURN_MS;
    this.#round ??= this.#rules();
    do {
      const { value: rule, done } = this.#round.next();
      if (done) {
        this.#round = undefined;
        break;
      }
      if (this.#differs(rule)) changed.push(rule);
    } while (this.#now() < until);
    return changed;
  }

  *#rules(): Generator<CSSRule> {
    for (const sheet of this.#sheets()) yield* rulesOf(sheet);
  }

  #differs(rule: CSSRule): boolean {
    const before = this.#hashes.get(rule);
    const now = hashOf(rule);
    this.#hashes.set(rule, now);
    return before !== undefined && before !== now;
  }
}

function* rulesOf(sheet: CSSStyleSheet): Generator<CSSRule> {
  for (const rule of readableRules(sheet) ?? []) {
    if (isImport(rule) && rule.styleSheet) yield* rulesOf(rule.styleSheet);
    yield rule;
  }
}

function hashOf({ cssText }: CSSRule): number {
  return textHash(cssText);
}
