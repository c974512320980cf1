import type { Page } from "playwright-core";

/** Changes a thousand texts a second, out of sight, until the returned function is called. */
export async function tick(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const box = document.createElement("div");
    box.id = "copane-bench-ticker";
    box.style.cssText = "position:fixed;left:-99px;top:0;width:1px;height:1px;overflow:hidden";
    const cells = Array.from({ length: 1000 }, () => box.appendChild(document.createElement("i")));
    document.body.append(box);
    let done = 0;
    const begun = performance.now();
    const timer = setInterval(() => {
      // By the clock, so that a late timer does not lower the rate.
      for (const due = performance.now() - begun; done < due; done++) {
        const cell = cells[done % cells.length] as HTMLElement;
        cell.textContent = String(done);
      }
    }, 10);
    box.addEventListener("stop", () => clearInterval(timer));
  });
  return () =>
    page.evaluate(() => {
      const box = document.getElementById("copane-bench-ticker");
      box?.dispatchEvent(new Event("stop"));
      box?.remove();
    });
}
