import { contentDocument } from "../core/content-document.ts";
import * as dom from "../core/dom.ts";
import { type ListenOptions, listen } from "../core/guard.ts";
import { DOCUMENT, ELEMENT, FRAGMENT } from "../core/node-types.ts";
import { beginsCardNumber, holdsCardNumber } from "./card.ts";
import { isTyped } from "./fields.ts";
import type { Secrets } from "./secrets.ts";
import type { Privacy } from "./verdict.ts";

/** After changes of the page, fields that hold something are judged anew this often, in milliseconds. */
const JUDGE_MS = 1_000;

/** And this often while nothing of the page changes: a script can edit the rules of a sheet, of which nobody hears. */
const QUIET_JUDGE_MS = 5_000;

/** No more than so many at a time, the others the next time: one asks for the style and the texts round it. */
const MOST_JUDGED = 40;

export interface FieldWatchOptions {
  window: Window & typeof globalThis;
  privacy: Privacy;
  /** Passwords that somebody typed into before there was a capture. */
  typed: ReadonlySet<Element>;
  /** Hosts of our own UI. */
  ignore(element: Element): boolean;
  shadowRootOf(element: Element): ShadowRoot | null;
  /** The field has become secret: what the viewers have of it is to be replaced. */
  onSecret(field: Element): void;
  now(): number;
}

/**
 * Reads what stands in the fields of the page before anything of the page is written, whether the viewers have those
 * fields or not: what is in a secret one is known from then on, and a plain one into which a card number or a known
 * secret is put becomes secret.
 */
export class FieldWatch {
  readonly #options: FieldWatchOptions;
  readonly #secrets: Secrets;
  /** Fields, and components that say that they are one, with what was in them. */
  readonly #fields = new Map<Element, string>();
  /** Fields with the beginning of a card's number, as long as somebody types there. */
  readonly #held = new Set<Element>();
  /** Fields that are to be judged anew. */
  readonly #due = new Set<Element>();
  #judgedAt = 0;
  #anew = true;
  /** The page changed since the fields were judged. */
  #changed = false;

  constructor(options: FieldWatchOptions) {
    this.#options = options;
    this.#secrets = options.privacy.secrets;
  }

  /** Follows the fields in a node and below it. */
  scan(top: Node): void {
    const stack: Node[] = [top];
    for (let root = stack.pop(); root !== undefined; root = stack.pop()) {
      if (dom.nodeType(root) === ELEMENT) this.#element(root as Element, stack);
      else if (dom.nodeType(root) !== DOCUMENT && dom.nodeType(root) !== FRAGMENT) continue;
      for (const element of dom.querySelectorAll(root, "*")) this.#element(element, stack);
    }
  }

  /** Something of the page changed: what names a field, or its look, may be another. */
  changed(): void {
    this.#changed = true;
  }

  /** An attribute of the element changed: it may be a field now, or another one. */
  attributed(element: Element): void {
    const tag = dom.localName(element);
    if (tag !== "input" && tag !== "textarea" && !tag.includes("-")) return;
    const value = this.#fields.get(element);
    if (value === undefined) this.#element(element, []);
    else if (value !== "") this.#fields.set(element, "");
  }

  /** All is written anew, perhaps by another policy. */
  beginEpoch(document: Document): void {
    this.#anew = true;
    for (const field of this.#options.typed) {
      this.#secrets.learn(field, dom.value(field));
      // Those that are still there are followed as all fields are.
      this.#secrets.leave(field);
    }
    this.scan(document);
  }

  /** The end: nothing is kept. */
  stop(): void {
    this.#fields.clear();
    this.#held.clear();
    this.#due.clear();
    this.#secrets.clear();
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, ["input"], this.#typed, options);
  }

  /** Reads all fields; to be called before anything is written. */
  update(): void {
    const now = this.#options.now();
    // A round is over before another begins, or the last fields would never have their turn.
    const time = this.#changed ? JUDGE_MS : QUIET_JUDGE_MS;
    const again = this.#anew || (this.#due.size === 0 && now - this.#judgedAt >= time);
    let left = this.#anew ? Number.POSITIVE_INFINITY : MOST_JUDGED;
    this.#anew = false;
    if (again) {
      this.#judgedAt = now;
      this.#changed = false;
    }
    for (const [field, before] of this.#fields) {
      if (!this.#isThere(field)) {
        this.#fields.delete(field);
        this.#held.delete(field);
        this.#due.delete(field);
        this.#secrets.leave(field);
        continue;
      }
      const value = contentOf(field);
      if (again && value !== "") this.#due.add(field);
      const due = this.#due.has(field) && left-- > 0;
      if (due || value !== before || this.#held.has(field)) this.#judge(field, value);
    }
  }

  /** Whether a field's value stays here for now although the field is shown: it can become a card's number. */
  holdsBack(field: Element): boolean {
    return this.#held.has(field);
  }

  readonly #typed = (event: Event): void => {
    const [target] = event.composedPath() as Element[];
    if (target && this.#fields.has(target)) this.#judge(target, contentOf(target));
  };

  #element(element: Element, stack: Node[]): void {
    const tag = dom.localName(element);
    if (tag === "input" || tag === "textarea") {
      if (!this.#fields.has(element) && isTyped(element)) this.#fields.set(element, "");
      return;
    }
    if (this.#options.ignore(element)) return;
    if (tag.includes("-") && dom.getAttribute(element, "type")?.toLowerCase() === "password")
      this.#fields.set(element, "");
    const root = this.#options.shadowRootOf(element);
    if (root !== null) stack.push(root);
    const content = contentDocument(element);
    if (content !== undefined) stack.push(content);
  }

  #judge(field: Element, value: string): void {
    this.#fields.set(field, value);
    this.#due.delete(field);
    // What was held back before is no secret by itself.
    if (this.#held.delete(field)) this.#secrets.leave(field, true);
    if (value === "") return;
    const { privacy } = this.#options;
    const secret = isComponent(field) || privacy.protects(field) || this.#becomesSecret(field, value);
    if (secret || this.#held.has(field)) this.#secrets.learn(field, value);
    else this.#secrets.leave(field, true);
  }

  #becomesSecret(field: Element, value: string): boolean {
    const { privacy, onSecret } = this.#options;
    const typed = !this.#isTelephone(field);
    if (this.#secrets.isIn(value) || (typed && holdsCardNumber(value))) {
      if (!privacy.guess(field)) return false;
      onSecret(field);
      return true;
    }
    if (typed && beginsCardNumber(value) && !privacy.mayShow(field) && dom.matches(field, ":focus"))
      this.#held.add(field);
    return false;
  }

  #isTelephone(field: Element): boolean {
    return /^tel/.test(dom.getAttribute(field, "autocomplete")?.trim() ?? "");
  }

  /** Neither taken out of its document nor in one that has left its frame. */
  #isThere(field: Element): boolean {
    if (!dom.isConnected(field)) return false;
    const document = dom.ownerDocument(field);
    return (
      document === this.#options.window.document || (document !== null && dom.defaultView(document) !== null)
    );
  }
}

function isComponent(element: Element): boolean {
  return dom.localName(element).includes("-");
}

function contentOf(field: Element): string {
  return isComponent(field) ? (dom.getAttribute(field, "value") ?? "") : dom.value(field);
}
