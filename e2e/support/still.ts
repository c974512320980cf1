import type { Page } from "playwright-core";

/**
 * Waits until the page stands still: fonts are loaded, no animation that ends is running, and for some frames
 * nothing was scrolled or changed. Rejects when the page does not come to rest.
 * @param busy an expression that is true while the page still draws where no element changes: on a canvas
 */
export async function still(page: Page, busy = "false"): Promise<void> {
  await page.evaluate(`(${comeToRest})(() => Boolean(${busy}))`);
}

/** Turns the wheel and waits until what it scrolls stands still. */
export async function wheel(page: Page, down: number): Promise<void> {
  await page.mouse.wheel(0, down);
  await still(page);
}

/** Runs inside a browser, serialised: it may use nothing from outside its own body. */
async function comeToRest(busy: () => boolean): Promise<void> {
  // An effect may begin some frames after its cause: a wheel's scroll, a transition, a script that waits a turn.
  const quietFrames = 8;
  const deadline = performance.now() + 20_000;
  const roots: (Document | ShadowRoot)[] = [];
  const collect = (root: Document | ShadowRoot) => {
    roots.push(root);
    for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) collect(shadowRoot);
  };
  collect(document);
  const ends = ({ playState, effect }: Animation) =>
    playState === "running" && Number.isFinite(Number(effect?.getComputedTiming().endTime));

  let quiet = 0;
  const stir = () => {
    quiet = 0;
  };
  const observer = new MutationObserver(stir);
  const changes = { subtree: true, childList: true, attributes: true, characterData: true };
  for (const root of roots) {
    observer.observe(root, changes);
    root.addEventListener("scroll", stir, true);
  }
  try {
    await document.fonts.ready;
    while (quiet < quietFrames) {
      if (performance.now() > deadline) throw new Error("The page does not come to rest.");
      await new Promise((resolve) => requestAnimationFrame(resolve));
      quiet++;
      if (busy() || roots.some((root) => root.getAnimations().some(ends))) stir();
    }
  } finally {
    observer.disconnect();
    for (const root of roots) root.removeEventListener("scroll", stir, true);
  }
}
