import { de } from "./de.ts";
import { en, type Messages } from "./en.ts";

/** The administration's texts, in the language of the browser. */
export const text: Messages = navigator.language.toLowerCase().startsWith("de") ? de : en;
