import { counted, language } from "../text.ts";
import { text } from "./text.ts";

const region = language === "en" ? "en-GB" : navigator.language;
const moment = new Intl.DateTimeFormat(region, { dateStyle: "medium", timeStyle: "short" });
const clock = new Intl.DateTimeFormat(region, { timeStyle: "medium" });
const dayOnly = new Intl.DateTimeFormat(region, { day: "numeric", month: "short", timeZone: "UTC" });
const numbers = new Intl.NumberFormat(region);

export const formatTime = (iso: string) => moment.format(new Date(iso));
export const formatClock = (iso: string) => clock.format(new Date(iso));
export const formatNumber = (value: number) => numbers.format(value);

/** A day of a report, like `2026-11-24`. */
export const formatDay = (day: string) => dayOnly.format(new Date(`${day}T00:00:00Z`));

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

/** What an outcome is called; one that this version does not know stays as it is. */
export function outcomeName(outcome: string | null): string {
  if (outcome === null) return text.goesOn;
  return (text.outcomes as Record<string, string>)[outcome] ?? outcome;
}

export function eventName(event: string): string {
  return (text.events as Record<string, string>)[event] ?? event;
}
