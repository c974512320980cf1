import type { CopaneError, SitePolicy } from "@copane/protocol";
import { fill } from "@copane/ui";
import { text } from "../text.ts";

const MINUTE_MS = 60_000;

/** The lists of the policy that are typed as lines. */
export const lists = ["mask", "block", "hide", "removeIds"] as const;
export type List = (typeof lists)[number];
export const times = [
  "passphraseTtlMs",
  "agentIdleMs",
  "customerIdleMs",
  "idleWarningMs",
  "sessionTimeoutMs",
] as const;
export type Time = (typeof times)[number];
export const timeLabels = {
  passphraseTtlMs: "passphraseTtl",
  agentIdleMs: "agentIdle",
  customerIdleMs: "customerIdle",
  idleWarningMs: "idleWarning",
  sessionTimeoutMs: "sessionTimeout",
} as const satisfies Record<Time, keyof typeof text>;

/** The policy as it stands in the form: lines as texts, times in minutes. */
export interface PolicyForm {
  lists: Record<List, string>;
  controlLevel: SitePolicy["controlLevel"];
  minutes: Record<Time, number | string>;
  offered: string;
  defaultLanguage: string;
  consent: SitePolicy["consent"];
  consentText: Record<string, string>;
  silentObservers: boolean;
  proposals: boolean;
  /** Undefined: the policy says nothing of it, and the server's setting holds. */
  numberMatch: boolean | undefined;
  retentionDays: number | string;
}

export function formOf(policy: SitePolicy): PolicyForm {
  const { privacy, timeouts, languages, controlLevel, consent, silentObservers, proposals, numberMatch } =
    policy;
  return {
    lists: record(lists, (list) => privacy[list].join("\n")),
    controlLevel,
    consent,
    silentObservers,
    proposals,
    numberMatch,
    minutes: record(times, (time) => timeouts[time] / MINUTE_MS),
    offered: languages.offered.join(", "),
    defaultLanguage: languages.default,
    consentText: { ...policy.consentText },
    retentionDays: policy.retentionDays,
  };
}

export function policyOf(form: PolicyForm): SitePolicy {
  const offered = languagesOf(form);
  const { controlLevel, consent, silentObservers, proposals, numberMatch } = form;
  const consentText = offered.map((language) => [language, form.consentText[language]?.trim() ?? ""]);
  return {
    privacy: record(lists, (list) => linesOf(form.lists[list])),
    controlLevel,
    consent,
    silentObservers,
    proposals,
    ...(numberMatch === undefined ? {} : { numberMatch }),
    // Whoever empties a field is told by the server which one.
    timeouts: record(times, (time) => Math.round(Number(form.minutes[time]) * MINUTE_MS)),
    languages: { offered, default: form.defaultLanguage },
    consentText: Object.fromEntries(consentText.filter(([, words]) => words)),
    retentionDays: Number(form.retentionDays),
  };
}

export function languagesOf({ offered }: PolicyForm): string[] {
  return offered
    .split(/[\s,]+/)
    .map((tag) => tag.trim())
    .filter(Boolean);
}

/** What is wrong with a field, in the reader's words; of a list, in which line. */
export function errorAt(error: CopaneError | undefined, field: string): string | undefined {
  if (!error?.field) return undefined;
  if (error.field === field) return wrongWith(error);
  const [, line] = error.field.startsWith(`${field}.`) ? [field, error.field.slice(field.length + 1)] : [];
  return line && /^\d+$/.test(line)
    ? fill(text.line, { line: Number(line) + 1, message: wrongWith(error) })
    : undefined;
}

/** The server says what is wrong in English; which field it is tells it in every language. */
function wrongWith({ name, field = "", message }: CopaneError): string {
  // That nothing can unmask a password is said only there, and better in English than not at all.
  if (name === "POLICY_UNSAFE") return message;
  if (/^privacy\.(mask|block|hide)\./.test(field)) return text.badSelector;
  return field === "timeouts.idleWarningMs" ? text.badWarning : text.badValue;
}

function linesOf(value: string): string[] {
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

function record<K extends string, V>(keys: readonly K[], of: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, V>;
}
