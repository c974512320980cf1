/** A text to look for: part of it in any case, all of it, or a pattern. */
export type Wanted = { text: string; exact?: boolean } | { pattern: string; flags: string };

/** One step of a locator: what is looked for in all that the step before found. */
export type Step =
  | { css: string }
  | { role: string; name?: Wanted; enabled?: boolean }
  | { label: Wanted }
  | { words: Wanted }
  | { has: Wanted }
  | { placeholder: Wanted }
  /** A negative number counts from the end. */
  | { nth: number }
  /** The documents of the iframes that were found. */
  | { inside: true };

/** What an element can be asked. The functions stand in `in-page.ts`. */
export type Ask =
  | "count"
  | "texts"
  | "text"
  | "value"
  | "checked"
  | "visible"
  | "disabled"
  | "attribute"
  | "html"
  | "box"
  | "target"
  | "focus"
  | "select"
  | "fill"
  | "choose"
  | "call";

/** `text` as a step of a locator. */
export function wanted(text: string | RegExp, exact = false): Wanted {
  return typeof text === "string" ? { text, exact } : { pattern: text.source, flags: text.flags };
}

/** The steps of a selector as Playwright writes them: CSS, `>> nth=1`, `text=…`. */
export function stepsOf(selector: string): Step[] {
  return selector.split(/\s*>>\s*/).map((part) => {
    const [, engine = "css", rest = part] = /^(css|text|nth)=(.*)$/s.exec(part) ?? [];
    if (engine === "nth") return { nth: Number(rest) };
    if (engine === "text") return { words: wanted(rest.replace(/^"(.*)"$/, "$1"), rest.startsWith('"')) };
    return { css: rest };
  });
}
