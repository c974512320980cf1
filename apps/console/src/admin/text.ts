import { withEnglish } from "@copane/ui";
import { scripts } from "../locales/admin.ts";
import { type AdminMessages, admin as english } from "../locales/en/admin.ts";
import { speakAlso } from "../text.ts";

/** The administration's texts, in the language of the desk. */
export let text: AdminMessages = english;

/** To be waited for before the administration is shown. */
export const textReady = speakAlso(async (next) => {
  const load = scripts[next as keyof typeof scripts];
  text = withEnglish<AdminMessages>(english, await load?.());
}).catch(() => {});
