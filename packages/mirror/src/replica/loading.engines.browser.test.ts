import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, engineNames, startEngine } from "../../../../scripts/drivers/index.ts";
import { Pair } from "../testing/pair.ts";

/** What only the customer's browser has: a picture and a sheet of its own making. */
const html = `<style>x-light:state(on) { color: rgb(4, 5, 6) }</style><p id=p>text</p><img id=i>
<script>
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="31" height="17"><rect width="9" height="9"/></svg>';
i.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
const link = document.createElement("link");
link.rel = "stylesheet";
link.href = URL.createObjectURL(new Blob(["#p { color: rgb(1, 2, 3) }"], { type: "text/css" }));
document.head.append(link);
</script>`;

describe.each(engineNames)("an agent in %s", (name) => {
  let agent: Engine;
  let customer: Engine;
  beforeAll(async () => {
    [agent, customer] = await Promise.all([startEngine(name), startEngine(name)]);
  });
  afterAll(async () => {
    await Promise.all([agent?.close(), customer?.close()]);
  });

  test("sees the pictures and sheets that only the customer's browser has", async () => {
    const pair = await Pair.open({ customer, agent }, html);
    const shown = () =>
      pair.agent.evaluate(() => {
        const page = window.side.replica.frame.contentDocument as Document;
        const picture = page.getElementById("i") as HTMLImageElement;
        const color = (id: string) => {
          const element = page.getElementById(id) as Element;
          return page.defaultView?.getComputedStyle(element).color;
        };
        return { width: picture.naturalWidth, paragraph: color("p") };
      });
    await expect.poll(shown, { timeout: 20_000 }).toEqual({ width: 31, paragraph: "rgb(1, 2, 3)" });
    await pair.close();
  });

  test("sees custom states, also after what nobody holds was collected", async () => {
    const pair = await Pair.open({ customer, agent }, html);
    await pair.customer.evaluate(() => {
      customElements.define(
        "x-light",
        class extends HTMLElement {
          constructor() {
            super();
            (this.attachInternals().states as Set<string>).add("on");
          }
        },
      );
      document.body.append(Object.assign(document.createElement("x-light"), { id: "x" }));
    });
    const color = () =>
      pair.agent.evaluate(() => {
        // So much is made and let go that every engine collects meanwhile.
        for (let left = 200; left > 0; left--) new Array(200_000).fill({ left });
        const page = window.side.replica.frame.contentDocument as Document;
        const light = page.getElementById("x");
        return light && page.defaultView?.getComputedStyle(light).color;
      });
    await expect.poll(color, { timeout: 20_000 }).toBe("rgb(4, 5, 6)");
    for (let again = 0; again < 3; again++) expect(await color()).toBe("rgb(4, 5, 6)");
    await pair.close();
  });
});
