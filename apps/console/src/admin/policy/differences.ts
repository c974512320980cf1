import { askedConsents, type SitePolicy } from "@copane/protocol";
import { nameOfLanguage } from "../../text.ts";
import { formatDuration } from "../format.ts";
import { text } from "../text.ts";
import { lists, timeLabels, times } from "./form.ts";

export interface Difference {
  name: string;
  one: string;
  other: string;
}

/** What two policies say otherwise, in words. */
export function differencesOf(one: SitePolicy, other: SitePolicy): Difference[] {
  const [first, second] = [inWords(one), inWords(other)];
  return [...new Set([...first.keys(), ...second.keys()])]
    .map((name) => ({ name, one: first.get(name) ?? "–", other: second.get(name) ?? "–" }))
    .filter((difference) => difference.one !== difference.other);
}

function inWords(policy: SitePolicy): Map<string, string> {
  const { privacy, timeouts, languages, consent, consentText } = policy;
  const onOff = (value: boolean | undefined) => (value ? text.yes : text.no);
  const texts = Object.entries(consentText).map(
    ([language, words]) => [`${text.consentLanguage} ${nameOfLanguage(language)}`, words] as const,
  );
  return new Map<string, string>([
    ...lists.map((list) => [text[list], privacy[list].join("\n") || "–"] as const),
    [text.controlLevel, text.controlLevels[policy.controlLevel]],
    [text.proposals, onOff(policy.proposals)],
    [text.numberMatch, onOff(policy.numberMatch)],
    [text.silentObservers, onOff(policy.silentObservers)],
    [
      text.consentAsked,
      askedConsents
        .filter((what) => consent.includes(what))
        .map((what) => text.consents[what])
        .join("\n") || "–",
    ],
    ...times.map((time) => [text[timeLabels[time]], formatDuration(timeouts[time])] as const),
    [text.offered, languages.offered.join(", ")],
    [text.defaultLanguage, nameOfLanguage(languages.default)],
    ...texts.filter(([, words]) => words.trim() !== ""),
    [text.retentionDays, String(policy.retentionDays)],
  ]);
}
