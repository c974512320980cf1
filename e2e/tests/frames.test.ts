import { FrameType } from "@copane/protocol";
import { expect, test } from "vitest";
import { frameSecrets, hostileFrame, payment, shop } from "../pages/frames.ts";
import { AgentView } from "../support/agent.ts";
import { Customer } from "../support/customer.ts";
import { html, type Routes, type Site } from "../support/http.ts";
import { elapse, eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

interface Pair {
  customer: Customer;
  agent: AgentView;
  close(): Promise<void>;
}

/** Sites of two origins, which name each other only once both are there. */
async function sites(count: number): Promise<{ site: Site; fill(routes: Routes): void }[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const routes: Routes = {};
      const site = await world.stack.serve(routes);
      return { site, fill: (more: Routes) => Object.assign(routes, more) };
    }),
  );
}

async function share(url: string): Promise<Pair> {
  const { browser, stack } = world;
  const customer = await Customer.open(browser, stack, url);
  const agent = await AgentView.open(browser, stack);
  await agent.join(await customer.start());
  return {
    customer,
    agent,
    close: async () => {
      expect(customer.errors).toEqual([]);
      expect(await agent.page.evaluate(() => window.agentView.errors())).toEqual([]);
      await customer.context.close();
      await agent.context.close();
    },
  };
}

/** The text in a frame of the replica; a path of ids goes through frames. */
function textIn(agent: AgentView, ...path: string[]): Promise<string | undefined> {
  return agent.page.evaluate((ids) => {
    let document: Document | null | undefined = window.agentView.document();
    for (const id of ids) {
      const frame: HTMLIFrameElement | null | undefined = document?.querySelector(`iframe#${id}`);
      document = frame?.contentDocument;
    }
    return document?.body?.textContent?.replace(/\s+/g, " ").trim();
  }, path);
}

async function shows(agent: AgentView, text: string, ...path: string[]): Promise<void> {
  await eventually(`"${text}" in ${path.join(" > ")}`, async () =>
    (await textIn(agent, ...path))?.includes(text),
  );
}

function isPlaceholder(agent: AgentView, id: string): Promise<boolean> {
  return agent.page.evaluate((wanted) => {
    const frame = window.agentView.document().querySelector<HTMLIFrameElement>(
      // The id of what is masked stays in the customer's browser.
      `iframe#${wanted}, iframe[data-copane-placeholder=frame]:is(:not([id]), [id^=copane-n])`,
    );
    const empty = (frame?.contentDocument?.body?.childNodes.length ?? 0) === 0;
    return frame?.getAttribute("data-copane-placeholder") === "frame" && empty;
  }, id);
}

/** What left the customer's browser and must not. */
function leaked({ wire }: Customer): string[] {
  return Object.values(frameSecrets).filter((secret) => wire.contains(secret));
}

/** Where an element in frames lies in the agent's window. */
function pointIn(agent: AgentView, selector: string, ...path: string[]): Promise<{ x: number; y: number }> {
  return eventually(`${selector} in ${path.join(" > ")}`, () =>
    agent.page.evaluate(
      ([wanted, ids]) => {
        let document: Document | null | undefined = window.agentView.document();
        let [x, y] = [0, 0];
        for (const id of ids) {
          const frame: HTMLIFrameElement | null | undefined = document?.querySelector(`iframe#${id}`);
          const box = frame?.getBoundingClientRect();
          if (!frame || !box) return undefined;
          x += box.left + frame.clientLeft;
          y += box.top + frame.clientTop;
          document = frame.contentDocument;
        }
        const box = document?.querySelector(wanted)?.getBoundingClientRect();
        return box?.width ? { x: x + box.left + box.width / 2, y: y + box.top + box.height / 2 } : undefined;
      },
      [selector, path] as const,
    ),
  );
}

/** A shop with a payment page of another origin in its frame, both of which allow it, shared with an agent. */
async function sharePayment() {
  const { server } = world.stack;
  const [outer, inner] = await sites(2);
  if (!outer || !inner) throw new Error("no sites");
  inner.fill(payment(server, [outer.site.origin]));
  outer.fill(shop(server, { pay: `${inner.site.origin}/` }));
  return { inner, ...(await share(`${outer.site.origin}/`)) };
}

async function clickIn(agent: AgentView, selector: string, ...path: string[]): Promise<void> {
  const { x, y } = await pointIn(agent, selector, ...path);
  await agent.page.mouse.click(x, y);
}

test("a page of another origin that allows it is seen and used in its frame, and hides what it hides", async () => {
  const { customer, agent, close } = await sharePayment();
  const inside = customer.page.frameLocator("#pay");

  await shows(agent, "Pay with your card", "pay");
  expect(await isPlaceholder(agent, "pay")).toBe(false);
  await eventually("the style of the page inside", () =>
    agent.page.evaluate(() => {
      const frame = window.agentView.document().querySelector<HTMLIFrameElement>("#pay");
      return frame?.contentDocument?.querySelector<HTMLElement>("#pay")?.offsetWidth === 120;
    }),
  );
  // The mirror goes on: what changes inside is seen.
  await inside.locator("#holder").fill("Ada Lovelace");
  await inside.locator("#secret").fill(`${frameSecrets.password}-typed`);
  await eventually("the typed name", () =>
    agent.page.evaluate(() => {
      const frame = window.agentView.document().querySelector<HTMLIFrameElement>("#pay");
      return frame?.contentDocument?.querySelector<HTMLInputElement>("#holder")?.value === "Ada Lovelace";
    }),
  );

  await agent.takeControl(customer);
  await clickIn(agent, "#pay", "pay");
  await eventually("the click in the page inside", async () =>
    (await inside.locator("#pay").textContent())?.startsWith("Paid 1"),
  );
  await shows(agent, "Paid 1", "pay");
  await clickIn(agent, "#holder", "pay");
  await agent.page.keyboard.press("End");
  await agent.page.keyboard.type(" of Ockham", { delay: 15 });
  await eventually("the agent's text in the page inside", async () =>
    (await inside.locator("#holder").inputValue()).includes(" of Ockham"),
  );
  // Keys go back to the page outside with the next press there.
  await agent.type("#note", "outside");
  await eventually(
    "the agent's text in the page outside",
    async () => (await customer.page.locator("#note").inputValue()) === "outside",
  );
  // The card's field: the id of what is masked stays in the customer's browser.
  await clickIn(agent, "input:nth-of-type(3)", "pay");
  await eventually("the refusal", () =>
    agent.page.evaluate(() =>
      window.agentView.notices().some((notice) => notice.kind === "refused" && notice.reason === "protected"),
    ),
  );

  expect(leaked(customer)).toEqual([]);
  // The next page of the session begins anew, with both pages, however late the one outside says what it hides.
  await customer.page.route("**/init.js", async (route) => {
    await elapse(1_500);
    await route.continue();
  });
  await customer.page.reload();
  await eventually("the page inside as it is loaded anew", async () => {
    const text = await textIn(agent, "pay");
    return text?.includes("Pay with your card") && !text.includes("Paid");
  });
  expect(customer.wire.contains("Pay with your card")).toBe(true);
  expect(leaked(customer)).toEqual([]);
  await close();
});

test("a page inside that goes, comes, is paused and is removed leaves nothing behind", async () => {
  const { inner, customer, agent, close } = await sharePayment();
  const inside = customer.page.frameLocator("#pay");
  await shows(agent, "Pay with your card", "pay");

  await customer.press("Pause");
  await customer.screen("paused");
  const sent = customer.wire.mirrorBytes;
  await inside.locator("#public").evaluate((element) => {
    element.textContent = "while paused";
  });
  await elapse(400);
  expect(customer.wire.mirrorBytes).toBe(sent);
  await customer.press("Resume");
  await shows(agent, "while paused", "pay");

  // Another page of the same origin, with our script.
  await inside.locator("body").evaluate(() => location.assign("/next"));
  await shows(agent, "Thank you", "pay");
  await customer.page.evaluate(() => document.querySelector("#pay")?.classList.add("avcobrowse-mask"));
  await inside.locator("#public").evaluate((element) => {
    element.textContent = "said under a mask";
  });
  await eventually("a placeholder for the masked frame", () => isPlaceholder(agent, "pay"));
  await elapse(400);
  expect(customer.wire.contains("said under a mask")).toBe(false);
  await customer.page.evaluate(() => document.querySelector("#pay")?.classList.remove("avcobrowse-mask"));
  await shows(agent, "said under a mask", "pay");
  // One without: nothing of the former stays.
  inner.fill({ "/plain": html("<!doctype html><body>plain page</body>") });
  await inside.locator("body").evaluate(() => location.assign("/plain"));
  await eventually("the placeholder", () => isPlaceholder(agent, "pay"));
  await customer.page.evaluate((src) => {
    (document.querySelector("#pay") as HTMLIFrameElement).src = src;
  }, `${inner.site.origin}/`);
  await shows(agent, "Pay with your card", "pay");

  await customer.page.evaluate(() => document.querySelector("#pay")?.remove());
  await eventually("the frame to be gone", () =>
    agent.page.evaluate(() => window.agentView.document().querySelector("#pay") === null),
  );
  await customer.page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.id = "again";
    frame.src = src;
    document.body.append(frame);
  }, `${inner.site.origin}/`);
  await shows(agent, "Pay with your card", "again");
  await close();
});

test("a page that allows other parents only, and one that the page outside does not name, stay placeholders", async () => {
  const { server } = world.stack;
  const [outer, refusing, unnamed] = await sites(3);
  if (!outer || !refusing || !unnamed) throw new Error("no sites");
  refusing.fill(payment(server, ["https://other.example"]));
  unnamed.fill(payment(server, [outer.site.origin]));
  outer.fill(shop(server, { refusing: `${refusing.site.origin}/` }));
  const { customer, agent, close } = await share(`${outer.site.origin}/`);
  await customer.page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.id = "unnamed";
    frame.src = src;
    document.body.append(frame);
  }, `${unnamed.site.origin}/`);
  await customer.page.frameLocator("#unnamed").locator("#pay").waitFor();
  await eventually("the second frame", () =>
    agent.page.evaluate(() => window.agentView.document().querySelector("#unnamed") !== null),
  );
  await elapse(1_000);
  expect(await isPlaceholder(agent, "refusing")).toBe(true);
  expect(await isPlaceholder(agent, "unnamed")).toBe(true);
  expect(customer.wire.contains("Pay with your card")).toBe(false);
  await close();
});

test.each(["", "flood", "huge", "type"])(
  "a hostile page in a frame harms nothing outside of it (%s)",
  async (mode) => {
    const { server } = world.stack;
    const [outer, hostile, good] = await sites(3);
    if (!outer || !hostile || !good) throw new Error("no sites");
    hostile.fill(hostileFrame());
    good.fill(payment(server, [outer.site.origin]));
    outer.fill(shop(server, { bad: `${hostile.site.origin}/#${mode}`, pay: `${good.site.origin}/` }));
    const { customer, agent, close } = await share(`${outer.site.origin}/`);
    const bad = customer.page.frames().find((frame) => frame.url().startsWith(hostile.site.origin));
    if (!bad) throw new Error("no hostile frame");
    const count = (name: "opened" | "ended") =>
      bad.evaluate((key) => (window as { opened?: number; ended?: number })[key] ?? 0, name);
    await eventually("the hostile page to get in", async () => (await count("opened")) > 0);
    if (mode) {
      await eventually("the hostile page to be put out", async () => (await count("ended")) > 0);
      // It does not come back, however often it says hello.
      const before = await count("opened");
      await bad.evaluate(() => {
        for (let i = 0; i < 20; i++) parent.postMessage("copane.hello", "*");
      });
      await elapse(300);
      expect(await count("opened")).toBe(before);
      await eventually("a placeholder for the hostile page", () => isPlaceholder(agent, "bad"));
    }
    await shows(agent, "Pay with your card", "pay");
    // The page outside stands as it is, goes on, and can be used.
    await customer.page.evaluate(() => {
      (document.querySelector("#title") as HTMLElement).textContent = "Still here";
    });
    await shows(agent, "Still here");
    await agent.takeControl(customer);
    await agent.type("#note", "works");
    await eventually(
      "the agent's text",
      async () => (await customer.page.locator("#note").inputValue()) === "works",
    );
    expect(await agent.page.evaluate(() => window.agentView.notices())).toEqual([]);
    await close();
  },
);

test("frames in frames are seen and used too, where all allow all", async () => {
  const { server } = world.stack;
  const [outer, middle, inmost] = await sites(3);
  if (!outer || !middle || !inmost) throw new Error("no sites");
  inmost.fill(payment(server, [middle.site.origin, outer.site.origin]));
  middle.fill(payment(server, [outer.site.origin], { deep: `${inmost.site.origin}/` }));
  outer.fill(shop(server, { pay: `${middle.site.origin}/` }));
  const { customer, agent, close } = await share(`${outer.site.origin}/`);
  await shows(agent, "Pay with your card", "pay", "deep");
  await agent.takeControl(customer);
  await customer.page.evaluate(() => {
    const frame = document.querySelector("#pay") as HTMLElement;
    frame.style.height = "600px";
  });
  await customer.page
    .frameLocator("#pay")
    .locator("#deep")
    .evaluate((frame) => {
      frame.style.height = "260px";
    });
  const button = customer.page.frameLocator("#pay").frameLocator("#deep").locator("#pay");
  await eventually("the click in the inmost page", async () => {
    await clickIn(agent, "#pay", "pay", "deep");
    return (await button.textContent())?.startsWith("Paid");
  });
  expect(leaked(customer)).toEqual([]);
  await close();
});

test("input that names nodes of frames that are not there does nothing", async () => {
  const { server } = world.stack;
  const [outer] = await sites(1);
  if (!outer) throw new Error("no site");
  outer.fill(shop(server, {}));
  const { customer, agent, close } = await share(`${outer.site.origin}/`);
  await agent.takeControl(customer);
  await agent.page.evaluate((type) => {
    // select, id 5 * 2^32 + 3 as a varint, no indices
    window.agentView.forge(type, 0, [4, 0x83, 0x80, 0x80, 0x80, 0xd0, 0x80, 0x80, 0x01, 0]);
  }, FrameType.input);
  await agent.type("#note", "fine");
  await eventually(
    "the agent's text",
    async () => (await customer.page.locator("#note").inputValue()) === "fine",
  );
  await close();
});
