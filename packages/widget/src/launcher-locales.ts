import { languageFor, languages, type Translation } from "@copane/ui";
import type { LauncherMessages } from "./locales/en/launcher.ts";
import { launchers } from "./locales/launchers.ts";

/** The launcher's words for a site's language, or the first that the browser asks for: undefined for English. */
export function launcherIn(site: string | undefined): Translation<LauncherMessages> | undefined {
  const all: Record<string, Translation<LauncherMessages>> = launchers;
  return all[languageFor([site, ...navigator.languages], languages)];
}
