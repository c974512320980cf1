import { contentDocument } from "../core/content-document.ts";
import * as dom from "../core/dom.ts";
import { type ListenOptions, listen } from "../core/guard.ts";
import { DOCUMENT, ELEMENT, FRAGMENT } from "../core/node-types.ts";
import { beginsCardNumber, holdsCardNumber } from "./card.ts";
import { isTyped } from "./fields.ts";
import { together } from "./labels.ts";
import type { Secrets } from "./secrets.ts";
import type { Privacy } from "./verdict.ts";

/** After changes of the page, fields that hold something are judged anew this often, in milliseconds. */
const JUDGE_MS = 1_000;

/** And this often while nothing of the page changes: a script can edit the rules of a sheet, of which nobody hears. */
const QUIET_JUDGE_MS = 5_000;

/** So often some of them have their turn, for so long, in milliseconds: one asks for the style and texts round it. */
const TURN_MS = 500;
const LONGEST_TURN_MS = 6;

/** So long fields are judged at a time in which something new stands: nothing is written before all of them are. */
const NEW_MS = 8;

/** What is known of a field, or of a component that says that it is one. */
interface Followed {
  /** What was in it when it was judged last. */
  value: string;
  read(field: Element): string;
}

export interface FieldWatchOptions {
  window: Window & typeof globalThis;
  privacy: Privacy;
  /** Passwords that somebody typed into before there was a capture. */
  typed: readonly Element[];
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
  readonly #fields = new Map<Element, Followed>();
  /** Fields with the beginning of a card's number, as long as somebody types there. */
  readonly #held = new Set<Element>();
  /** Fields that are to be judged anew. */
  readonly #due = new Set<Element>();
  #judgedAt = Number.NEGATIVE_INFINITY;
  #turnAt = Number.NEGATIVE_INFINITY;
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
    const followed = this.#fields.get(element);
    if (followed === undefined) this.#element(element, []);
    else followed.value = "";
  }

  /** A node left its place: what stands in secret fields of it, or in fields that were masked, may not be read yet. */
  left(top: Node, from: Node): void {
    if (dom.nodeType(top) !== ELEMENT || dom.nodeType(from) !== ELEMENT) return;
    const fields = [top as Element, ...dom.querySelectorAll(top, "input,textarea")].filter(isTyped);
    if (fields.length === 0) return;
    const { privacy } = this.#options;
    const masked = privacy.protects(from as Element);
    for (const field of fields) {
      if (!masked && !privacy.isKnownSecret(field)) continue;
      this.#secrets.learn(field, dom.value(field));
      if (!dom.isConnected(field)) this.#secrets.leave(field);
    }
  }

  /** All is written anew, perhaps by another policy. */
  beginEpoch(document: Document): void {
    for (const followed of this.#fields.values()) followed.value = "";
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

  /**
   * Reads all fields; to be called before anything is written. False while there are some that have to be judged
   * before: then it is to be called again, and nothing to be written until it is true.
   */
  update(): boolean {
    return together(() => this.#update());
  }

  #update(): boolean {
    const now = this.#options.now();
    // A round is over before another begins, or the last fields would never have their turn.
    const time = this.#changed ? JUDGE_MS : QUIET_JUDGE_MS;
    const again = this.#due.size === 0 && now - this.#judgedAt >= time;
    if (again) {
      this.#judgedAt = now;
      this.#changed = false;
    }
    const turn = again || now - this.#turnAt >= TURN_MS;
    if (turn) this.#turnAt = now;
    let late = false;
    let began: number | undefined;
    for (const [field, followed] of this.#fields) {
      if (again && !this.#isThere(field)) {
        this.#drop(field);
        continue;
      }
      const value = followed.read(field);
      if (again && value !== "") this.#due.add(field);
      const isNew = value !== followed.value || this.#held.has(field);
      if (!isNew && !(turn && this.#due.has(field))) continue;
      const at = this.#options.now();
      // One of them is judged each time, however slow the page is.
      began ??= at;
      if (at - began > (isNew ? NEW_MS : LONGEST_TURN_MS)) late ||= isNew;
      else if (this.#isThere(field)) this.#judge(field, followed, value);
      else this.#drop(field);
    }
    return !late;
  }

  /** Whether a field's value stays here for now although the field is shown: it can become a card's number. */
  holdsBack(field: Element): boolean {
    return this.#held.has(field);
  }

  readonly #typed = (event: Event): void => {
    const [target] = event.composedPath() as Element[];
    const followed = target && this.#fields.get(target);
    if (followed) this.#judge(target, followed, followed.read(target));
  };

  #element(element: Element, stack: Node[]): void {
    const tag = dom.localName(element);
    if (tag === "input" || tag === "textarea") {
      const read = tag === "input" ? dom.inputValue : dom.textAreaValue;
      if (!this.#fields.has(element) && isTyped(element))
        this.#fields.set(element, { value: "", read: read as Followed["read"] });
      return;
    }
    if (this.#options.ignore(element)) return;
    if (tag.includes("-") && dom.getAttribute(element, "type")?.toLowerCase() === "password")
      this.#fields.set(element, { value: "", read: valueAttribute });
    const root = this.#options.shadowRootOf(element);
    if (root !== null) stack.push(root);
    const content = contentDocument(element);
    if (content !== undefined) stack.push(content);
  }

  #drop(field: Element): void {
    this.#fields.delete(field);
    this.#held.delete(field);
    this.#due.delete(field);
    this.#secrets.leave(field);
  }

  #judge(field: Element, followed: Followed, value: string): void {
    followed.value = value;
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

function valueAttribute(component: Element): string {
  return dom.getAttribute(component, "value") ?? "";
}
