import { languageFor } from "@copane/ui";
import { counted, language } from "../text.ts";
import { text } from "./text.ts";

/** As it is written where the browser is, if that is in the language of the desk. */
function region(): string {
  if (language === "en") return "en-GB";
  return navigator.languages.find((tag) => languageFor([tag], [language]) === language) ?? language;
}

/** One kind of digits on one screen: see `fillCounted`. */
const digits = { numberingSystem: "latn" };

function formats(where: string) {
  return {
    where,
    moment: new Intl.DateTimeFormat(where, { ...digits, dateStyle: "medium", timeStyle: "short" }),
    zoned: new Intl.DateTimeFormat(where, {
      ...digits,
      ...{ year: "numeric", month: "short", day: "numeric" },
      ...{ hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
    }),
    clock: new Intl.DateTimeFormat(where, { ...digits, timeStyle: "medium" }),
    dayOnly: new Intl.DateTimeFormat(where, { ...digits, day: "numeric", month: "short", timeZone: "UTC" }),
    change: new Intl.NumberFormat(where, {
      ...digits,
      style: "percent",
      signDisplay: "exceptZero",
      maximumFractionDigits: 0,
    }),
    numbers: new Intl.NumberFormat(where, digits),
  };
}

let made = formats("en-GB");

/** The formats of the language that the desk speaks now. */
function current(): ReturnType<typeof formats> {
  const where = region();
  if (made.where !== where) made = formats(where);
  return made;
}

export const formatTime = (iso: string) => current().moment.format(new Date(iso));
/** With the zone's name, for a time that stands alone. */
export const formatZonedTime = (iso: string) => current().zoned.format(new Date(iso));

/** The reader's zone, like `CET`; a table's times are all in it. */
export function zoneName(): string {
  const parts = current().zoned.formatToParts(new Date());
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
export const formatClock = (iso: string) => current().clock.format(new Date(iso));
export const formatNumber = (value: number) => current().numbers.format(value);

/** A day of a report, like `2026-11-24`. */
export const formatDay = (day: string) => current().dayOnly.format(new Date(`${day}T00:00:00Z`));

/** Minutes and seconds; hours only where there are some. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return "–";
  const seconds = Math.round(ms / 1_000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3_600);
  return `${hours > 0 ? `${hours}:` : ""}${parts.join(":")}`;
}

/** How much of the picture was found right when it was compared; all but nothing wrong is not all right. */
export function formatFidelity({ compared, repaired }: { compared: number; repaired: number }): string {
  if (compared === 0) return "–";
  const share = Math.floor((1 - Math.min(repaired / compared, 1)) * 1_000) / 10;
  const values = { share: formatNumber(share), compared, repaired: formatNumber(repaired) };
  return counted(text.pictureChecked, values);
}

/** How much more or less than before, like `+12 %`; undefined where there was nothing before. */
export function formatChange(now: number, before: number): string | undefined {
  if (before === 0) return undefined;
  return current().change.format((now - before) / before);
}

/** What an outcome is called; one that this version does not know stays as it is. */
export function outcomeName(outcome: string | null): string {
  if (outcome === null) return text.goesOn;
  return (text.outcomes as Record<string, string>)[outcome] ?? outcome;
}

export function eventName(event: string): string {
  return (text.events as Record<string, string>)[event] ?? event;
}
