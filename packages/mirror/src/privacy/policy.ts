import * as dom from "../core/dom.ts";

/** Which elements the agent may not see or use, beyond the classes and the automatic masks. */
export interface PrivacyPolicy {
  /** Ids of elements that are not sent at all (Avaya: `addElementIDToRemove`). */
  removeIds?: readonly string[];
  /** Selectors whose text and values are masked, as under `avcobrowse-mask`. */
  mask?: readonly string[];
  /** Selectors the agent can neither read nor use, as under `avcobrowse-block`. */
  block?: readonly string[];
  /** Selectors that are not shown, as under `avcobrowse-hide`. */
  hide?: readonly string[];
  /**
   * Selectors of fields that are only guessed to hold a secret and do not, as with the class `avcobrowse-show`. What
   * the markup declares (passwords, `autocomplete` of cards and one-time codes) stays masked.
   */
  show?: readonly string[];
}

/** All that any of the policies hides: each can only hide more. Only the first, the page's own, takes guesses back. */
export function unionOf(policies: readonly PrivacyPolicy[]): PrivacyPolicy {
  const all = (key: keyof PrivacyPolicy) => policies.flatMap((policy) => policy[key] ?? []);
  return {
    mask: all("mask"),
    block: all("block"),
    hide: all("hide"),
    removeIds: all("removeIds"),
    show: policies[0]?.show ?? [],
  };
}

/**
 * The selectors of a policy: what is masked, blocked, hidden, and what is not to be guessed secret. Throws SyntaxError
 * if the browser does not understand one of them: what cannot be found would else be left bare.
 */
export function usableSelectors(
  policy: PrivacyPolicy,
): [mask: string, block: string, hide: string, show: string] {
  const selectors = [policy.mask, policy.block, policy.hide, policy.show].map(joinSelectors);
  const probe = new DocumentFragment();
  for (const selector of selectors) if (selector) dom.querySelector(probe, selector);
  return selectors as [string, string, string, string];
}

function joinSelectors(selectors: readonly string[] | undefined): string {
  return selectors?.join(",") ?? "";
}
