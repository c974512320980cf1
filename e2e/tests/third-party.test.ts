import { beforeAll, describe, expect, test } from "vitest";
import { corpora } from "../pages/registry.ts";
import { AgentView } from "../support/agent.ts";
import { compare, keepPictures } from "../support/compare.ts";
import { Customer } from "../support/customer.ts";
import type { Site } from "../support/http.ts";
import { eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

/** The sets whose pages name something that an agent does; the others are for the benchmark. */
const operated = corpora.filter(({ pages }) => pages.some(({ field, click }) => field || click));

describe.each(operated)("$name", (corpus) => {
  let site: Site;
  beforeAll(async () => {
    site = await world.stack.serve(await corpus.routes());
  });

  test.each(corpus.pages)("the agent sees $name as the customer does and works in it", async (page) => {
    const { browser, stack } = world;
    const customer = await Customer.open(browser, stack, site.origin + page.path);
    const agent = await AgentView.open(browser, stack);
    try {
      await page.ready?.(customer.page);
      await agent.join(await customer.start());

      const before = await compare(customer, agent);
      await keepPictures(`${corpus.name}-${page.name}`, before);
      expect(before.agent).toEqual(before.customer);
      expect.soft(before.pixelDiff).toBeLessThan(0.01);

      await agent.takeControl(customer);
      if (page.click) {
        const { target, changed } = page.click;
        await agent.click(target);
        await eventually(`the effect of a click on ${target}`, () => changed(customer.page));
      }
      if (page.field) {
        await agent.type(page.field, "Ærø12");
        await eventually("the typed text in the customer's field", async () => {
          const value = await customer.page
            .locator(page.field as string)
            .first()
            .inputValue();
          return value === "Ærø12";
        });
      }
      const after = await compare(customer, agent);
      await keepPictures(`${corpus.name}-${page.name}-after`, after);
      expect(after.agent).toEqual(after.customer);
      expect.soft(after.pixelDiff).toBeLessThan(0.01);
    } finally {
      await customer.context.close();
      await agent.context.close();
    }
  });
});
