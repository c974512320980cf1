import * as dom from "../../core/dom.ts";
import { mediaFeatures } from "../page/wire.ts";
import { readableRules } from "./readable-rules.ts";
import { inReplica, meansOther } from "./selectors.ts";

/** Queries that hold in any window and in none. */
const TRUE = "(min-width: 0px)";
const FALSE = "(min-width: 9999999px)";

const deviceQuery = /\(\s*(m(?:in|ax)-)?device-(width|height)\s*:\s*([\d.]+)px\s*\)/gi;

/** Features in which no replica is like a page. */
const always: ReadonlyMap<string, ReadonlySet<string>> = new Map([["scripting", new Set(["enabled"])]]);

const featureQuery = /\(\s*([a-z-]+)\s*(?::\s*([a-z-]+)\s*)?\)/gi;

/**
 * Makes rules mean in the agent's browser what they mean in the customer's: pseudo-classes of states become
 * attributes, media features have the customer's values. Rules are rewritten in place, so that the cascade
 * keeps its order.
 */
export class RuleRewriter {
  /** The customer's values of features in which this browser differs: those that hold. */
  #features = new Map<string, Set<string>>();
  readonly #done = new WeakSet<CSSStyleSheet>();
  /** Media queries as the page wrote them. */
  readonly #written = new WeakMap<MediaList, string>();

  /** What the page says of light and dark, where it leaves that to the browser. */
  readonly #schemes = new WeakMap<CSSRule, string>();
  #screen: Record<string, number> = {};

  /**
   * The customer's screen, in CSS pixels, and what else media queries see.
   * @param bits by `mediaFeatures`
   * @returns whether anything is different now
   */
  setEnvironment(window: Window, bits: number, width: number, height: number): boolean {
    const state = () => JSON.stringify([[...this.#features.keys()], this.#screen]);
    const before = state();
    this.#screen = { width, height };
    this.#features = new Map();
    mediaFeatures.forEach((query, bit) => {
      const holds = (bits & (1 << bit)) !== 0;
      if (dom.matchMedia(window, query).matches !== holds) this.#features.set(nameOf(query), new Set());
    });
    mediaFeatures.forEach((query, bit) => {
      const value = /: ([a-z-]+)/.exec(query)?.[1] ?? "";
      if (bits & (1 << bit)) this.#features.get(nameOf(query))?.add(value);
    });
    return before !== state();
  }

  /** The customer's, where this browser prefers the other one. */
  get scheme(): "light" | "dark" | undefined {
    const holding = this.#features.get("prefers-color-scheme");
    return holding && (holding.has("dark") ? "dark" : "light");
  }

  /** Whether a sheet that cannot be read here may look wrong. */
  get differs(): boolean {
    return this.#features.size > 0;
  }

  /** Rewrites a sheet once; `again` when its rules or the environment are others now. */
  sheet(sheet: CSSStyleSheet, again = false): void {
    this.#media(sheet.media);
    const rules = readableRules(sheet);
    if (rules === undefined || (this.#done.has(sheet) && !again)) return;
    this.#done.add(sheet);
    for (const rule of rules) this.rule(rule);
  }

  /** Media as the page has them now. */
  setMedia(list: MediaList, media: string): void {
    if ((this.#written.get(list) ?? list.mediaText) === media) return;
    this.#written.delete(list);
    list.mediaText = media;
    this.#media(list);
  }

  rule(rule: CSSRule): void {
    if ("selectorText" in rule && meansOther(rule.selectorText as string)) {
      (rule as CSSStyleRule).selectorText = inReplica(rule.selectorText as string);
    }
    if ("style" in rule) this.#scheme(rule as CSSStyleRule);
    if ("media" in rule) this.#media(rule.media as MediaList);
    if ("cssRules" in rule && !(rule instanceof CSSKeyframesRule))
      for (const inner of (rule as CSSGroupingRule).cssRules) this.rule(inner);
  }

  /** Both are said to be fine: the browser's own parts and `light-dark()` follow what the customer prefers. */
  #scheme(rule: CSSStyleRule): void {
    const written = this.#schemes.get(rule) ?? (this.scheme && rule.style.colorScheme);
    if (!written || !/\blight\b/.test(written) || !/\bdark\b/.test(written)) return;
    this.#schemes.set(rule, written);
    rule.style.colorScheme = this.scheme ?? written;
  }

  #media(list: MediaList): void {
    const written = this.#written.get(list) ?? list.mediaText;
    const meant = written.replace(featureQuery, (whole, name: string, value: string | undefined) => {
      const holding = this.#features.get(name.toLowerCase()) ?? always.get(name.toLowerCase());
      if (holding === undefined) return whole;
      return holds(holding, value?.toLowerCase(), name) ? TRUE : FALSE;
    });
    const sized = meant.replace(deviceQuery, (_, bound: string | undefined, side: string, px: string) => {
      const have = this.#screen[side.toLowerCase()] ?? 0;
      const fits = bound ? (bound.toLowerCase() === "min-" ? have >= +px : have <= +px) : have === +px;
      return fits ? TRUE : FALSE;
    });
    if (sized === list.mediaText) return;
    this.#written.set(list, written);
    list.mediaText = sized;
  }
}

function holds(holding: ReadonlySet<string>, value: string | undefined, name: string): boolean {
  if (value === undefined) return holding.size > 0;
  // What stands for "nothing of the kind" is never listed as holding.
  if (value === "none" || value === "no-preference") return holding.size === 0;
  if (name === "prefers-color-scheme" && value === "light") return holding.size === 0;
  return holding.has(value);
}

function nameOf(query: string): string {
  return query.slice(1, query.indexOf(":"));
}
