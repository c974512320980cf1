import type { Locator, Page } from "playwright-core";

/** How long the customer goes on typing after a question stands. */
const ON_MS = 1_200;

/** Between two keys: faster than anybody types, and a line of chat ends at 1,000 characters. */
const KEY_MS = 20;

/**
 * Types words, spaces and new lines with the real keyboard until `happens` is over and a good moment longer. Gives
 * all that was typed and what stands in the field, which are the same when no key went elsewhere.
 */
export async function typeThrough(
  page: Page,
  field: Locator,
  happens: () => Promise<unknown>,
): Promise<{ typed: string; arrived: string }> {
  const keys = (await field.evaluate(({ localName }) => localName)) === "textarea" ? " y\n" : " y ";
  let going = true;
  let typed = "";
  const typing = (async () => {
    while (going) {
      await page.keyboard.type(keys, { delay: KEY_MS });
      typed += keys;
    }
  })();
  try {
    await happens();
    // The question must not be answered by keys that come a moment later either.
    await page.waitForTimeout(ON_MS);
  } finally {
    going = false;
    await typing;
  }
  return { typed, arrived: await field.inputValue() };
}
