import { wordsFor } from "@copane/ui";
import { locales } from "../locales/admin.ts";
import type { AdminMessages } from "../locales/en/admin.ts";
import { language } from "../text.ts";

/** The administration's texts, in the language of the browser. */
export const text: AdminMessages = wordsFor(language, locales);
