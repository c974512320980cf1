import * as dom from "../core/dom.ts";
import type { EarlyFinds } from "../core/early-finds.ts";
import { ELEMENT } from "../core/node-types.ts";
import { slotOf } from "../core/slot-of.ts";
import { parentOrHost } from "../core/walk.ts";
import { isDeclaredSecret, isDrawnAsDots, isNamedSecret, isTyped } from "./fields.ts";
import { maskValue } from "./mask.ts";
import { PublicNames } from "./names.ts";
import { type PrivacyPolicy, usableSelectors } from "./policy.ts";
import { Secrets, SHORTEST } from "./secrets.ts";
import * as Verdict from "./verdicts.ts";

export type Decision = (typeof Verdict)[keyof typeof Verdict];

/** Attributes in which components and frameworks repeat what is typed. */
const repeating =
  /^(?:title|alt|label|placeholder|data-.+|ng-reflect-.+|aria-(?:label|description|valuetext|valuenow))$|value/i;

/** Attributes of styles, names, kinds and shapes. */
const styled =
  /^(?:style|class|id|part|slot|for|type|role|d|points|transform|viewBox|width|height|x|y|fill|stroke)$/;

/** The class by which a site takes back a guess: see `README.md`. */
const SHOW_CLASS = "avcobrowse-show";

/** Decides per element; the strictest rule that applies wins. Throws SyntaxError on an invalid policy selector. */
export class Privacy {
  #removeIds = new Set<string>();
  #mask = "";
  #block = "";
  #hide = "";
  #show = "";
  #hasSelectors = false;
  /** What stands or stood in fields that hold a secret. */
  readonly secrets = new Secrets();
  readonly names = new PublicNames((element) => this.protects(element));
  readonly #passwords: WeakSet<Element> | undefined;
  readonly #closedRoots: EarlyFinds["closedRoots"] | undefined;
  /** Once sensitive, always sensitive: "show password" turns the type into text. */
  readonly #declared = new WeakSet<Element>();
  /** Fields that were found to hold a secret by what names them, how they look or what was typed. */
  readonly #guessed = new WeakSet<Element>();

  constructor(policy: PrivacyPolicy = {}, early?: Pick<EarlyFinds, "passwords" | "closedRoots">) {
    this.#passwords = early?.passwords;
    this.#closedRoots = early?.closedRoots;
    this.setPolicy(policy);
  }

  /** Puts another policy in place of the one before. Throws SyntaxError on an invalid selector, changing nothing. */
  setPolicy(policy: PrivacyPolicy): void {
    const selectors = usableSelectors(policy);
    [this.#mask, this.#block, this.#hide, this.#show] = selectors;
    this.#hasSelectors = selectors.some(Boolean);
    this.#removeIds = new Set(policy.removeIds);
  }

  /** Whether verdicts depend on selectors, and so on any attribute. */
  get hasSelectors(): boolean {
    return this.#hasSelectors;
  }

  decide(element: Element): Decision {
    // The cells of a table and the like: nothing that a class or an id could say.
    const bare = !dom.hasAttributes(element);
    const tag = dom.localName(element);
    const field = tag === "input" || tag === "textarea" || tag === "select";
    const offers = tag === "datalist";
    if (bare && !this.#hasSelectors && !field && !offers) return Verdict.show;
    if (!bare && this.#removeIds.size > 0 && this.#removeIds.has(dom.getAttribute(element, "id") ?? ""))
      return Verdict.remove;
    const classes = bare ? null : dom.getAttribute(element, "class");
    const marked = classes?.includes("avcobrowse-") ? classes.split(/\s+/) : undefined;
    if (marked?.includes("avcobrowse-hide") || matches(element, this.#hide)) return Verdict.hide;
    if (marked?.includes("avcobrowse-block") || matches(element, this.#block)) return Verdict.block;
    const masked =
      marked?.includes("avcobrowse-mask") ||
      matches(element, this.#mask) ||
      (offers ? this.#tellsSecret(element) : field && this.#isSensitive(element));
    return masked ? Verdict.mask : Verdict.show;
  }

  /** What a node shows in: the slot that a component gives it, else what it stands in. */
  above(node: Node): Node | null {
    return slotOf(node, this.#closedRoots) ?? parentOrHost(node);
  }

  /** Whether a component shows a node in a part of it that is not simply shown. */
  isShielded(node: Node): boolean {
    const host = dom.parentNode(node);
    let up: Node | null | undefined = slotOf(node, this.#closedRoots);
    for (; up && up !== host; up = this.above(up))
      if (dom.nodeType(up) === ELEMENT && this.decide(up as Element) !== Verdict.show) return true;
    return false;
  }

  /** Whether an element, or one that it shows in, is not simply shown. */
  protects(element: Element): boolean {
    for (let up: Node | null = element; up !== null; up = this.above(up)) {
      if (dom.nodeType(up) === ELEMENT && this.decide(up as Element) !== Verdict.show) return true;
    }
    return false;
  }

  /** A field turned out to hold a secret by what stands in it; false where the site has taken such guesses back. */
  guess(field: Element): boolean {
    if (this.mayShow(field)) return false;
    this.#guessed.add(field);
    return true;
  }

  /** Whether a field is a secret one by what it says itself, or has turned out to be: wherever it stands by now. */
  isKnownSecret(field: Element): boolean {
    return this.#declared.has(field) || this.#guessed.has(field) || isDeclaredSecret(field);
  }

  /** The value of an attribute of a shown element without the secrets in it; undefined if its name has one. */
  redactAttribute(element: Element, name: string, value: string): string | undefined {
    if (this.secrets.isInName(name)) return undefined;
    if (value.length >= SHORTEST)
      return styled.test(name) ? this.secrets.redactStyle(value) : this.secrets.redact(value);
    // Too short to be looked for elsewhere than near its field.
    return repeating.test(name) && this.secrets.isShortNear(element, value) ? maskValue(value) : value;
  }

  /** Whether the site says that guesses about a field are wrong. */
  mayShow(field: Element): boolean {
    const classes = dom.getAttribute(field, "class");
    return !!classes?.split(/\s+/).includes(SHOW_CLASS) || matches(field, this.#show);
  }

  /** Whether what a list offers goes with what is typed into a field that is not simply shown, or into none. */
  #tellsSecret(list: Element): boolean {
    const id = CSS.escape(dom.getAttribute(list, "id") ?? "");
    // A list with a field in it asks for itself.
    const fields = [...dom.querySelectorAll(dom.getRootNode(list), `input[list="${id}"]`)].filter(
      (field) => dom.closest(field, "datalist") === null,
    );
    return id === "" || fields.length === 0 || fields.some((field) => this.protects(field));
  }

  #isSensitive(field: Element): boolean {
    if (this.#declared.has(field)) return true;
    if (isDeclaredSecret(field) || this.#passwords?.has(field)) {
      this.#declared.add(field);
      return true;
    }
    const guessed =
      this.#guessed.has(field) || isNamedSecret(field) || (isTyped(field) && isDrawnAsDots(field));
    return guessed && this.guess(field);
  }
}

/** Attributes whose change can change a verdict of the element that carries them. */
export const privacyAttributes: ReadonlySet<string> = new Set([
  "class",
  "style",
  "id",
  "slot",
  "type",
  "name",
  "autocomplete",
  "inputmode",
  "placeholder",
  "title",
  "aria-label",
  "aria-labelledby",
]);

function matches(element: Element, selector: string): boolean {
  return selector !== "" && dom.matches(element, selector);
}
