import { languageOf } from "@copane/ui";

/** The launcher's words stand apart, because every page loads them. */
const labels: Record<string, string> = { en: "Get help on this page", de: "Hilfe auf dieser Seite" };

export function launcherLabel(locale: string): string {
  return labels[languageOf(locale)] ?? (labels.en as string);
}
