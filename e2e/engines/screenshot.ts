import type { DriverPage } from "../../scripts/drivers/index.ts";

/**
 * A picture of the window with finite animations at their end, the others at their beginning, and no caret, as
 * Playwright takes it. `style` holds in the document, or in our own shadow root where it speaks of its host.
 */
export async function picture(page: DriverPage, style: string): Promise<Buffer> {
  await page.run(String(calm), style);
  try {
    return Buffer.from(await page.screenshot());
  } finally {
    await page.run(String(stirred));
  }
}

/** Runs in the page, as the next one does: both use nothing from outside. */
async function calm(style: string): Promise<void> {
  const key = Symbol.for("copane.picture");
  const undo: (() => void)[] = [];
  const caret = new CSSStyleSheet();
  caret.replaceSync("* { caret-color: transparent !important }");
  const own = new CSSStyleSheet();
  own.replaceSync(style);
  const host = style.includes(":host") ? document.querySelector("[data-copane]")?.shadowRoot : document;
  // Not by elements: they would be mirrored.
  for (const [root, sheet] of [
    [document, caret],
    [host, own],
  ] as const) {
    if (!root) continue;
    const before = [...root.adoptedStyleSheets];
    root.adoptedStyleSheets = [...before, sheet];
    undo.unshift(() => {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((other) => other !== sheet);
    });
  }
  for (const animation of document.getAnimations()) {
    // One that goes as something is scrolled stands still by itself.
    if (animation.timeline !== document.timeline) continue;
    if (Number.isFinite(Number(animation.effect?.getComputedTiming().endTime))) {
      animation.finish();
    } else if (animation.playState === "running") {
      animation.pause();
      animation.currentTime = 0;
      undo.push(() => animation.play());
    }
  }
  Object.defineProperty(window, key, { value: undo, configurable: true });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

function stirred(): void {
  const undo = (window as unknown as Record<symbol, (() => void)[]>)[Symbol.for("copane.picture")];
  for (const back of undo ?? []) back();
}
