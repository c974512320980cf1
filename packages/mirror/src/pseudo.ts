/**
 * States of the customer's elements that elements of the replica cannot be given. Rules that depend on one are
 * read with an attribute in place of the pseudo-class, and the attribute is set.
 */
export const stateAttributes = {
  hover: "data-copane-hover",
  active: "data-copane-active",
  focus: "data-copane-focus",
  focusVisible: "data-copane-focus-visible",
  focusWithin: "data-copane-focus-within",
  target: "data-copane-target",
  fullscreen: "data-copane-fullscreen",
  userInvalid: "data-copane-user-invalid",
  userValid: "data-copane-user-valid",
  autofill: "data-copane-autofill",
} as const;

const stateClass =
  /:(?:-webkit-)?(hover|active|focus-visible|focus-within|focus|target|fullscreen|user-invalid|user-valid|autofill)(?![\w-])/g;

/** Whether a rule with this selector may look different by a state. */
export function dependsOnState(selector: string): boolean {
  stateClass.lastIndex = 0;
  return stateClass.test(selector);
}

/** The selector with attributes for states. An attribute is as specific as a pseudo-class. */
export function withStateAttributes(selector: string): string {
  return selector.replace(stateClass, "[data-copane-$1]");
}

/** The rules among `rules` that depend on a state, as text, inside the same groups. Empty when there are none. */
export function stateRules(rules: CSSRuleList): string {
  let text = "";
  for (const rule of rules) {
    if ("selectorText" in rule) {
      if (dependsOnState(rule.selectorText as string)) text += `${rule.cssText}\n`;
    } else if ("cssRules" in rule && !rule.cssText.startsWith("@keyframes")) {
      const inner = stateRules((rule as CSSGroupingRule).cssRules);
      if (inner) text += `${rule.cssText.slice(0, rule.cssText.indexOf("{"))}{\n${inner}}\n`;
    }
  }
  return text;
}
