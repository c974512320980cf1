import type { PrivacyPolicy } from "./policy.ts";

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
