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

/** Marks a picture that stands in for a canvas, which browsers do not show where no script may run. */
export const PICTURE = "data-copane-picture";

const pictured = /(?<![\w.#:[-])(canvas|img)(?![\w(-])/g;

/** Whether a rule with this selector means something else in a replica than in the page. */
export function meansOther(selector: string): boolean {
  stateClass.lastIndex = 0;
  pictured.lastIndex = 0;
  return stateClass.test(selector) || pictured.test(selector);
}

/**
 * The selector as a replica must read it: attributes for states (an attribute is as specific as a pseudo-class),
 * and the pictures that stand in for canvases where it says `canvas`, not where it says `img`.
 */
export function inReplica(selector: string): string {
  const selected = selector.replace(stateClass, "[data-copane-$1]");
  // Read before, when the environment was another.
  if (selected.includes(PICTURE)) return selected;
  return selected.replace(pictured, (_, tag: string) =>
    tag === "img" ? `img:where(:not([${PICTURE}]))` : `:is(canvas,img:where([${PICTURE}]))`,
  );
}

/** The rules among `rules` that mean something else in a replica, as text, inside the same groups. Empty when there are none. */
export function stateRules(rules: CSSRuleList): string {
  let text = "";
  for (const rule of rules) {
    if ("selectorText" in rule) {
      if (meansOther(rule.selectorText as string)) text += `${rule.cssText}\n`;
    } else if ("cssRules" in rule && !("findRule" in rule)) {
      const inner = stateRules((rule as CSSGroupingRule).cssRules);
      // The text of a group is that of all its rules: it is made only where its head is needed.
      if (inner) text += `${rule.cssText.slice(0, rule.cssText.indexOf("{"))}{\n${inner}}\n`;
    }
  }
  return text;
}
