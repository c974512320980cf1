import type { WidgetContext } from "./config.ts";
import type { launcherIn } from "./launcher-locales.ts";
import { launcher as english, type LauncherMessages } from "./locales/en/launcher.ts";

/**
 * The words of the launcher. English comes with the loader, other languages in a script that only pages in another
 * language fetch. The button waits for it out of sight. Never rejects: English stands in.
 * @param fetch fetches a script of ours by its name
 * @param site the site's language, if it says one; else the browser's count
 */
export async function launcherWords(
  button: HTMLElement,
  fetch: WidgetContext["fetch"],
  site: string | undefined,
): Promise<LauncherMessages> {
  button.dir = "auto";
  if (/^en/i.test(site || navigator.language)) return english;
  const { style } = button;
  style.visibility = "hidden";
  try {
    const script = (await fetch("launcher")) as { launcherIn: typeof launcherIn };
    return { ...english, ...script.launcherIn(site) };
  } catch {
    return english;
  } finally {
    style.visibility = "";
  }
}
