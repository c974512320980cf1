import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAllPages, mirroredPage, sharedChromium } from "../testing/browser.ts";

declare global {
  interface Window {
    /** The script of the rare watchers comes, or does not. */
    script: { come(): void; fail(error: Error): void };
  }
}

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

const html = `<canvas id=c width=40 height=30></canvas><dialog id=d>dialog</dialog><p id=p>text</p><div id=s></div>
  <x-early>early</x-early><video id=v muted></video>`;

/** A page whose mirror runs; the script of the rare watchers waits. */
async function waiting(): Promise<Page> {
  const page = await mirroredPage(browser, html, {}, { start: false });
  await page.evaluate(async () => {
    const context = (document.getElementById("c") as HTMLCanvasElement).getContext("2d");
    context?.fillRect(5, 5, 9, 9);
    customElements.define("x-early", class extends HTMLElement {});
    const rare = new Promise<void>((come, fail) => {
      window.script = { come, fail };
    });
    window.mirror = window.startMirror({}, { rare });
    await window.mirror.settle();
  });
  return page;
}

/** What the page does while the script is on its way: each of these is told once and never again. */
async function act(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { body } = document;
    const fill = { duration: 1e6, fill: "forwards" } as const;
    document.getElementById("p")?.animate([{ opacity: 0.2 }, { opacity: 0.4 }], fill);
    const root = document.getElementById("s")?.attachShadow({ mode: "open" }) as ShadowRoot;
    root.innerHTML = "<b>inner</b>";
    root.querySelector("b")?.animate([{ opacity: 0.1 }, { opacity: 0.3 }], fill);
    const late = body.appendChild(document.createElement("x-late"));
    customElements.define("x-late", class extends HTMLElement {});
    late.textContent = "late";
    const over = body.appendChild(document.createElement("div"));
    over.id = "o";
    await window.mirror.settle();
    over.popover = "manual";
    over.showPopover();
    (document.getElementById("d") as HTMLDialogElement).showModal();
    await window.mirror.settle();
  });
}

/** What the replica shows of all that. */
function shown(page: Page) {
  return page.evaluate(async () => {
    const { mirror } = window;
    await mirror.settle();
    await new Promise((resolve) => setTimeout(resolve, 600));
    await mirror.settle();
    const document = mirror.replica.frame.contentDocument as Document;
    const running = (element: Element | null | undefined) => element?.getAnimations().length;
    return {
      text: document.getElementById("p")?.textContent,
      painted: document.querySelector<HTMLImageElement>("#c")?.src?.startsWith("blob:"),
      modal: document.querySelector("dialog")?.matches(":modal"),
      popover: document.getElementById("o")?.matches(":popover-open"),
      animated: running(document.getElementById("p")),
      animatedInside: running(document.getElementById("s")?.shadowRoot?.querySelector("b")),
      defined: [...document.querySelectorAll("x-early:defined, x-late:defined")].map((e) => e.localName),
      errors: mirror.errors,
    };
  });
}

test("what a page has of the rare things by the time their script comes is all followed", async () => {
  const page = await waiting();
  await act(page);
  const before = await shown(page);
  expect(before).toMatchObject({ painted: false, modal: false, popover: false, animated: 0, defined: [] });
  await page.evaluate(() => window.script.come());
  expect(await shown(page)).toEqual({
    text: "text",
    painted: true,
    modal: true,
    popover: true,
    animated: 1,
    animatedInside: 1,
    defined: ["x-early", "x-late"],
    errors: [],
  });
  // And from then on as it happens.
  await page.evaluate(() => {
    (document.getElementById("d") as HTMLDialogElement).close();
    document.getElementById("o")?.hidePopover();
    document.getElementById("c")?.animate([{ opacity: 0 }, { opacity: 1 }], 1e6);
  });
  const after = await shown(page);
  expect(after).toMatchObject({ modal: false, popover: false, errors: [] });
  await page.close();
});

test("a script that does not come is told of once, and the page goes on being mirrored", async () => {
  const page = await waiting();
  await page.evaluate(() => window.script.fail(new Error("no such script")));
  await act(page);
  await page.evaluate(() => {
    const p = document.getElementById("p") as HTMLElement;
    p.textContent = "changed";
  });
  const now = await shown(page);
  expect(now).toMatchObject({ text: "changed", painted: false, modal: false, animated: 0 });
  expect(now.errors).toHaveLength(1);
  expect(now.errors[0]).toContain("no such script");
  // The next epoch tries again, once.
  await page.evaluate(() => window.mirror.capture.resync());
  expect((await shown(page)).errors).toHaveLength(2);
  await page.close();
});
