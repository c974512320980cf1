import type { PrivacyPolicy } from "../privacy/policy.ts";
import * as Verdict from "./verdicts.ts";

export type Decision = (typeof Verdict)[keyof typeof Verdict];

/** Decides per element; the strictest rule that applies wins. Throws SyntaxError on an invalid policy selector. */
export class Privacy {
  #removeIds = new Set<string>();
  #mask = "";
  #block = "";
  #hide = "";
  #hasSelectors = false;
  /** Once sensitive, always sensitive: "show password" turns the type into text. */
  readonly #sensitive = new WeakSet<Element>();

  constructor(policy: PrivacyPolicy = {}) {
    this.setPolicy(policy);
  }

  /** Puts another policy in place of the one before. Throws SyntaxError on an invalid selector, changing nothing. */
  setPolicy(policy: PrivacyPolicy): void {
    const selectors = usableSelectors(policy);
    [this.#mask, this.#block, this.#hide] = selectors;
    this.#hasSelectors = selectors.some(Boolean);
    this.#removeIds = new Set(policy.removeIds);
  }

  /** Whether verdicts depend on selectors, and so on any attribute. */
  get hasSelectors(): boolean {
    return this.#hasSelectors;
  }

  decide(element: Element): Decision {
    // The cells of a table and the like: nothing that a class or an id could say.
    if (!this.hasSelectors && !element.hasAttributes()) return Verdict.show;
    if (this.#removeIds.size > 0 && this.#removeIds.has(element.id)) return Verdict.remove;
    const classes = element.getAttribute("class");
    const marked = classes?.includes("avcobrowse-") ? element.classList : undefined;
    if (marked?.contains("avcobrowse-hide") || matches(element, this.#hide)) return Verdict.hide;
    if (marked?.contains("avcobrowse-block") || matches(element, this.#block)) return Verdict.block;
    if (marked?.contains("avcobrowse-mask") || matches(element, this.#mask) || this.#isSensitive(element)) {
      return Verdict.mask;
    }
    return Verdict.show;
  }

  #isSensitive(element: Element): boolean {
    const tag = element.localName;
    if (tag !== "input" && tag !== "textarea" && tag !== "select") return false;
    if (this.#sensitive.has(element)) return true;
    if (!isSensitiveField(element)) return false;
    this.#sensitive.add(element);
    return true;
  }
}

/** Attributes whose change can change a verdict of the element that carries them. */
export const privacyAttributes: ReadonlySet<string> = new Set([
  "class",
  "id",
  "type",
  "name",
  "autocomplete",
  "inputmode",
  "placeholder",
  "aria-label",
]);

const sensitiveAutocomplete = /^(cc-.+|one-time-code|current-password|new-password)$/;

// Names of fields that hold secrets, in the spellings that shops and banks use (several languages).
const sensitiveName =
  /passw|passwor[dt]|kennwort|contrase|mot.?de.?passe|(^|[^a-z])pwd|card.?(num|no\b|nr|code)|cardnumber|credit.?card|kreditkarte|kartennummer|(^|[^a-z])(cc|card)[-_ ]?(num|exp|csc|cvc|cvv|name)|cvc|cvv|(^|[^a-z])csc([^a-z]|$)|security.?code|iban|account.?n(um|o\b|r)|sort.?code|routing.?n|(^|[^a-z])ssn|social.?sec|(^|[^a-z])(pin|tan|otp|totp|mfa|2fa)([^a-z]|$)|one.?time|verification.?code|secret/i;

// Kinds of input whose value is a label or a choice, not something typed in secret.
const neverTyped = new Set([
  "submit",
  "button",
  "reset",
  "image",
  "checkbox",
  "radio",
  "range",
  "color",
  "file",
]);

/** True for password, payment and one-time-code fields, masked without anyone asking. */
function isSensitiveField(element: Element): boolean {
  const type = element.getAttribute("type")?.toLowerCase() ?? "";
  if (type === "password") return true;
  if (element.localName === "input" && neverTyped.has(type)) return false;
  const autocomplete = element.getAttribute("autocomplete")?.toLowerCase() ?? "";
  if (autocomplete?.split(/\s+/).some((token) => sensitiveAutocomplete.test(token))) return true;
  for (const attribute of ["name", "id", "placeholder", "aria-label"]) {
    const value = element.getAttribute(attribute);
    if (value && sensitiveName.test(value.replace(/([a-z])([A-Z])/g, "$1-$2"))) return true;
  }
  return false;
}

/**
 * The selectors of a policy: what is masked, blocked, hidden. Throws SyntaxError if the browser does not understand
 * one of them: what cannot be found would else be left bare.
 */
export function usableSelectors(policy: PrivacyPolicy): [mask: string, block: string, hide: string] {
  const [mask, block, hide] = [policy.mask, policy.block, policy.hide].map(joinSelectors) as [
    string,
    string,
    string,
  ];
  const probe = new DocumentFragment();
  for (const selector of [mask, block, hide]) if (selector) probe.querySelector(selector);
  return [mask, block, hide];
}

function joinSelectors(selectors: readonly string[] | undefined): string {
  return selectors?.join(",") ?? "";
}

function matches(element: Element, selector: string): boolean {
  return selector !== "" && element.matches(selector);
}
