import type { BrowserContextOptions } from "playwright-core";

/** In which way a screen is looked at. */
export interface Look {
  name: string;
  language: string;
  context: BrowserContextOptions;
}

const widths = [1440, 1024, 390] as const;
const schemes = ["light", "dark"] as const;

function look(width: number, colorScheme: "light" | "dark", language = "en"): Look {
  return {
    name: `${width}-${colorScheme}${language === "en" ? "" : `-${language}`}`,
    language,
    context: {
      colorScheme,
      locale: language,
      viewport: { width, height: width < 600 ? 844 : 900 },
      ...(width < 600 ? { hasTouch: true, isMobile: true } : {}),
      bypassCSP: true,
    },
  };
}

/** Every width in light and dark, a language from right to left, and a long one. */
export const looks: readonly Look[] = [
  ...widths.flatMap((width) => schemes.map((scheme) => look(width, scheme))),
  look(1440, "light", "ar"),
  look(390, "light", "ar"),
  look(1440, "light", "de"),
  look(390, "light", "de"),
];
