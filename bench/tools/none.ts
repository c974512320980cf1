import { openPage, sideOf } from "./page.ts";
import type { Tool } from "./types.ts";

/** The page alone: what all others are compared with. */
export const none: Tool = {
  name: "none",
  async open(browser, url) {
    const { page, errors } = await openPage(browser, url);
    return {
      page,
      customer: sideOf(page),
      viewer: undefined,
      start: async () => {},
      further: async () => void (await page.reload()),
      bytes: async () => ({ raw: 0, wire: 0 }),
      errors: async () => errors,
      close: () => page.context().close(),
    };
  },
  close: async () => {},
};
