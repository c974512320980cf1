import { expect, test } from "vitest";
import { hostile } from "../pages/hostile.ts";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { html } from "../support/http.ts";
import { elapse, eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

test("nothing that a page contains runs at the agent", async () => {
  const { browser, stack } = world;
  const agent = await AgentView.open(browser, stack);
  const site = await stack.serve({
    "/evil.js": { type: "text/javascript", body: 'top.postMessage("ran: external", "*")' },
    "/evil.svg": {
      type: "image/svg+xml",
      body: `<svg xmlns="http://www.w3.org/2000/svg"><script>top.postMessage("ran: svg file","*")</script></svg>`,
    },
    "/": html(hostile),
  });
  await agent.page.evaluate(() => {
    const list: string[] = [];
    Object.assign(window, { ran: list });
    addEventListener("message", ({ data }) => list.push(String(data)));
    for (const name of ["alert", "confirm", "prompt", "open", "print"] as const)
      Object.assign(window, { [name]: () => list.push(name) });
  });
  const requests: string[] = [];
  agent.page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  await agent.join(await customer.start());
  await eventually("the hostile page at the agent", async () =>
    (await agent.state()).text.includes("Hostile"),
  );
  await agent.page.evaluate(() => {
    const replica = window.agentView.document();
    for (const element of replica.querySelectorAll("*")) {
      element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
      element.dispatchEvent(new Event("error"));
      element.dispatchEvent(new Event("load"));
    }
  });
  await elapse(1_500);
  expect(await agent.page.evaluate(() => (window as unknown as { ran: string[] }).ran)).toEqual([]);
  expect(requests.filter((path) => path.includes("evil.js") || path.includes("refreshed"))).toEqual([]);
  expect(agent.page.url()).toBe(stack.agentView);
  const left = await agent.page.evaluate(() => {
    const replica = window.agentView.document();
    const all = [...replica.querySelectorAll("*")];
    return {
      scripts: replica.querySelectorAll("script, object, embed, meta[http-equiv=refresh]").length,
      handlers: all.filter((element) => element.getAttributeNames().some((name) => name.startsWith("on")))
        .length,
      addresses: all.filter((element) =>
        element
          .getAttributeNames()
          .some((name) =>
            /^\s*(javascript|vbscript|data:text\/html)/i.test(element.getAttribute(name) ?? ""),
          ),
      ).length,
      srcdoc: replica.querySelectorAll("iframe[srcdoc]").length,
    };
  });
  expect(left).toEqual({ scripts: 0, handlers: 0, addresses: 0, srcdoc: 0 });
  await customer.context.close();
  await agent.context.close();
});
