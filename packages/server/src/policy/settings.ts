import type { Config } from "../config/index.ts";
import type { SessionSettings } from "../rules/index.ts";
import type { Policies } from "./policies.ts";

/** The rules' settings as the policy has them at the moment they are read: a change holds for live sessions too. */
export function liveSettings<C extends Config>(config: C, policies: Policies): C & SessionSettings {
  const now = {
    passphraseTtlMs: () => policies.policy.timeouts.passphraseTtlMs,
    agentIdleMs: () => policies.policy.timeouts.agentIdleMs,
    customerIdleMs: () => policies.policy.timeouts.customerIdleMs,
    idleWarningMs: () => policies.policy.timeouts.idleWarningMs,
    sessionTimeoutMs: () => policies.policy.timeouts.sessionTimeoutMs,
    controlLevel: () => policies.policy.controlLevel,
    locales: () => policies.policy.languages.offered,
    consent: () => policies.policy.consent,
    silentObservers: () => policies.policy.silentObservers,
    numberMatch: () => policies.policy.numberMatch ?? config.numberMatch,
    proposals: () => policies.policy.proposals,
    defaultLocale: () => policies.policy.languages.default,
  };
  const settings = { ...config };
  for (const [name, get] of Object.entries(now)) {
    Object.defineProperty(settings, name, { get, enumerable: true });
  }
  return settings;
}
