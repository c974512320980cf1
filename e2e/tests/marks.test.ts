import { encodeFrame, FrameType } from "@copane/protocol";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Customer } from "../support/customer.ts";
import { Desk } from "../support/desk.ts";
import { elapse, eventually } from "../support/wait.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();
let customer: Customer;
let desk: Desk;

async function share(path = ""): Promise<void> {
  const { browser, stack } = world;
  customer = await Customer.open(browser, stack, `${stack.server}/sample/${path}`);
  desk = await Desk.open(browser, stack);
  await desk.page.addInitScript(keepSockets);
  await desk.page.reload();
  await desk.signIn();
  // Ids of marks begin anywhere; here they are to be guessed.
  await customer.page.evaluate(() =>
    Object.assign(crypto, { getRandomValues: (array: Uint8Array) => array }),
  );
  await desk.joinByKey(await customer.start());
  await customer.screen("sharing");
}

afterEach(async () => {
  expect(customer.errors).toEqual([]);
  await customer.context.close();
  await desk.close();
});

/** The desk's sockets, for frames that its own buttons would not send. */
function keepSockets(): void {
  const sockets: WebSocket[] = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (!sockets.includes(this)) sockets.push(this);
    send.call(this, data);
  };
  Object.assign(window, { sockets });
}

/** Sends a marks frame straight to the desk's socket. */
async function forge(payload: number[]): Promise<void> {
  const frame = [...encodeFrame({ type: FrameType.marks }, Uint8Array.from(payload))];
  await desk.page.evaluate((bytes) => {
    (window as unknown as { sockets: WebSocket[] }).sockets.at(-1)?.send(Uint8Array.from(bytes));
  }, frame);
}

type Box = { x: number; y: number; width: number; height: number };

interface Seen extends Box {
  kind: string;
}

/** What is drawn on a side, in the page's own pixels. */
async function seen(side: "desk" | "customer"): Promise<Seen[]> {
  const page = side === "desk" ? desk.page : customer.page;
  return page.evaluate((atDesk) => {
    const host = document.querySelector(atDesk ? "copane-agent-view" : "[data-copane]");
    const root = host?.shadowRoot as ShadowRoot;
    const device = root.querySelector<HTMLElement>(".copane-device");
    const frame = device?.getBoundingClientRect() ?? { left: 0, top: 0, width: 1 };
    const scale = device ? frame.width / device.offsetWidth : 1;
    return [...root.querySelectorAll<SVGGElement>("[data-mark]")]
      .filter((group) => group.style.display !== "none")
      .map((group) => {
        const box = group.getBoundingClientRect();
        return {
          kind: group.dataset.mark ?? "",
          x: (box.left - frame.left) / scale,
          y: (box.top - frame.top) / scale,
          width: box.width / scale,
          height: box.height / scale,
        };
      });
  }, side === "desk");
}

async function boxOf(side: "desk" | "customer", selector: string): Promise<Box> {
  const place = side === "desk" ? desk.replica.locator(selector) : customer.page.locator(selector);
  const box = await place.first().boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen`);
  return box;
}

/** A stroke over an element, from its left top corner to its right bottom one. */
async function strokeOver(side: "desk" | "customer", selector: string): Promise<void> {
  const page = side === "desk" ? desk.page : customer.page;
  const { x, y, width, height } = await boxOf(side, selector);
  await page.mouse.move(x + 3, y + 3);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
  await page.mouse.move(x + width - 3, y + height - 3, { steps: 4 });
  await page.mouse.up();
}

/** Exactly these marks stand on both sides, each at the same pixels of the page. */
async function bothShow(kinds: string[]): Promise<Seen[]> {
  return eventually(`${kinds.join(", ") || "nothing"} on both sides`, async () => {
    const [here, there] = [await seen("customer"), await seen("desk")];
    if (here.map(({ kind }) => kind).join() !== kinds.join() || there.length !== kinds.length) {
      throw new Error(`customer: ${JSON.stringify(here)}, desk: ${JSON.stringify(there)}`);
    }
    const apart = here.map((mark, i) => {
      const other = there[i] as Seen;
      return Math.max(
        Math.abs(mark.x - other.x),
        Math.abs(mark.y - other.y),
        Math.abs(mark.width - other.width),
        Math.abs(mark.height - other.height),
      );
    });
    if (apart.some((pixels) => pixels >= 0.5)) {
      throw new Error(`apart by ${apart.join(", ")}: ${JSON.stringify(here)} and ${JSON.stringify(there)}`);
    }
    return here;
  });
}

function widget(page: Page) {
  return page.locator("[data-copane]");
}

describe("drawing", () => {
  test("every tool of the desk draws on the customer's element, and stays there through scroll and resize", async () => {
    await share();
    const tools = [
      ["Draw free-hand", "freehand"],
      ["Draw a rectangle", "rectangle"],
      ["Draw a circle", "circle"],
      ["Draw an arrow", "arrow"],
    ] as const;
    const drawn: string[] = [];
    for (const [label, kind] of tools) {
      await desk.press(label);
      await strokeOver("desk", ".card:nth-of-type(2) h2, .card h2 >> nth=1");
      drawn.push(kind);
      await bothShow(drawn);
    }
    await desk.press("Write a note");
    await desk.clickInReplica("h1");
    await desk.page.keyboard.type("Look here");
    await desk.page.keyboard.press("Enter");
    drawn.push("text");
    const before = await bothShow(drawn);
    const heading = await boxOf("customer", ".card h2 >> nth=1");
    await customer.page.evaluate(() => scrollTo(0, 90));
    await customer.page.setViewportSize({ width: 1100, height: 800 });
    // The rectangle keeps its place in the heading it was drawn on, once both sides are laid out anew.
    const was = before[1] as Seen;
    await eventually("the rectangle in its place", async () => {
      const is = (await bothShow(drawn))[1] as Seen;
      const moved = await boxOf("customer", ".card h2 >> nth=1");
      expect((is.x - moved.x) / moved.width).toBeCloseTo((was.x - heading.x) / heading.width, 1);
      expect((is.y - moved.y) / moved.height).toBeCloseTo((was.y - heading.y) / heading.height, 1);
      return true;
    });
    await desk.press("Undo my last mark");
    drawn.pop();
    await bothShow(drawn);
    await desk.press("Clear my marks");
    await bothShow([]);
    await desk.press("Laser pointer");
    await strokeOver("desk", ".card h2 >> nth=1");
    await eventually("the laser's trail", async () =>
      (await seen("customer")).some(({ kind }) => kind === "laser"),
    );
    await bothShow([]);
  });

  test("every tool of the customer draws at the desk, and the page does not react meanwhile", async () => {
    await share();
    await customer.press("Draw");
    const tools = ["Free-hand", "Rectangle", "Circle", "Arrow"];
    const drawn: string[] = [];
    for (const label of tools) {
      await widget(customer.page).getByRole("button", { name: label, exact: true }).click();
      await strokeOver("customer", ".card h2 >> nth=1");
      drawn.push(label.toLowerCase().replace("-", ""));
      await bothShow(drawn);
    }
    await widget(customer.page).getByRole("button", { name: "Note", exact: true }).click();
    const { x, y } = await boxOf("customer", "h1");
    await customer.page.mouse.click(x + 40, y + 10);
    await customer.page.keyboard.type("What is this?");
    await customer.page.keyboard.press("Enter");
    drawn.push("text");
    await bothShow(drawn);
    const stock = customer.page.locator("input[name=stock]");
    const box = await boxOf("customer", "input[name=stock]");
    await widget(customer.page).getByRole("button", { name: "Free-hand", exact: true }).click();
    await customer.page.mouse.click(box.x + 5, box.y + 5);
    await stock.focus();
    await customer.page.keyboard.press("Space");
    expect(await stock.isChecked()).toBe(false);
    await customer.press("Undo");
    drawn.pop();
    await bothShow(drawn);
    await customer.press("Done");
    // Out of the drawing, from the next frame on, a click on a mark removes it, and only it.
    const targets = customer.page.locator("[data-copane] .copane-marks path[cursor=pointer]");
    await eventually("marks that take a click", async () => (await targets.count()) === 4);
    const [stroke] = await seen("customer");
    if (!stroke) throw new Error("no stroke");
    await customer.page.mouse.click(stroke.x + 3, stroke.y + 3);
    await eventually("one mark less", async () => (await seen("desk")).length === 3);
    await customer.page.mouse.click(box.x + 5, box.y + 5);
    await eventually("the box checked", () => stock.isChecked());
  });

  test("an agent in control operates nothing while drawing, and goes on operating after Escape", async () => {
    await share();
    await desk.press("Request control");
    await customer.press("Allow");
    await desk.says("You can click and type");
    const stock = customer.page.locator("input[name=stock]");
    await desk.press("Draw a rectangle");
    await desk.clickInReplica("input[name=stock]");
    await desk.page.keyboard.press("Escape");
    await desk.clickInReplica("input[name=query]");
    await desk.page.keyboard.type("coat", { delay: 20 });
    await eventually("the search typed", async () => {
      return (await customer.page.locator("input[name=query]").inputValue()) === "coat";
    });
    expect(await stock.isChecked()).toBe(false);
  });

  test("a desk that is reloaded has every mark again, and a page that is left has none", async () => {
    await share();
    await desk.press("Draw a rectangle");
    await strokeOver("desk", "h1");
    await bothShow(["rectangle"]);
    await desk.page.reload();
    await desk.ready();
    await bothShow(["rectangle"]);
    await customer.page.locator(".card a").first().click();
    await customer.screen("sharing");
    await eventually("the product page", () => desk.replica.locator("[data-main-image]").isVisible());
    await bothShow([]);
  });

  test("one side's marks can be hidden there, and the other side still sees them", async () => {
    await share();
    await desk.press("Draw a circle");
    await strokeOver("desk", "h1");
    await bothShow(["circle"]);
    await desk.page.getByLabel("Show or hide marks").click();
    await desk.page.getByRole("menuitemcheckbox", { name: "The agents' marks" }).click();
    await eventually("nothing at the desk", async () => (await seen("desk")).length === 0);
    expect(await seen("customer")).toHaveLength(1);
  });
});

describe("over a modal dialog of the page", () => {
  const show = () =>
    customer.page.evaluate(() => {
      const dialog = document.createElement("dialog");
      dialog.id = "ask";
      dialog.style.cssText = "display: flex; gap: 40px; transform: translateX(10px)";
      dialog.innerHTML = "<p id=words>Words in the dialog</p><button id=ok>OK</button>";
      dialog.querySelector("button")?.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    });
  const hostIn = () =>
    customer.page.evaluate(() => document.querySelector("[data-copane]")?.parentElement?.localName);

  test("the customer draws with the tools of the panel, and the dialog does not react meanwhile", async () => {
    await share();
    await show();
    const apart = await boxOf("customer", "#ok");
    await customer.press("Draw");
    await widget(customer.page).getByRole("button", { name: "Rectangle", exact: true }).click();
    await strokeOver("customer", "#words");
    await bothShow(["rectangle"]);
    await strokeOver("customer", "#ok");
    await bothShow(["rectangle", "rectangle"]);
    expect(await customer.page.locator("#ask").evaluate((dialog) => dialog.matches(":modal"))).toBe(true);
    // Our elements take no part in the dialog's layout.
    expect(await boxOf("customer", "#ok")).toEqual(apart);
    await customer.press("Done");
    await customer.page.locator("#words").click();
    await customer.page.locator("#ok").focus();
    await customer.page.keyboard.press("Enter");
    await customer.page.locator("#ask").waitFor({ state: "detached" });
    await eventually("our elements back in the page", async () => (await hostIn()) === "html");
    await bothShow([]);
    await widget(customer.page).locator(".pill").click();
    await customer.screen("sharing");
  });

  test("a drawing goes on when a dialog opens under it, and the agent's drawing is seen over the dialog", async () => {
    await share();
    await customer.press("Draw");
    await widget(customer.page).getByRole("button", { name: "Circle", exact: true }).click();
    await show();
    await customer.page.locator("dialog [data-copane]").waitFor({ state: "attached" });
    await strokeOver("customer", "#words");
    await bothShow(["circle"]);
    await desk.press("Draw a rectangle");
    await strokeOver("desk", "#ok");
    await bothShow(["circle", "rectangle"]);
  });

  test("the panel answers there, and stays when the dialog goes without a word", async () => {
    await share();
    await show();
    await desk.press("Request control");
    await customer.press("Allow");
    await desk.says("You can click and type");
    await customer.page.evaluate(() => document.querySelector("#ask")?.remove());
    await eventually("our elements back in the page", async () => (await hostIn()) === "html");
    await customer.press("Take back control (Esc)");
    await customer.screen("sharing");
  });
});

describe("pointing", () => {
  const announced = () => widget(customer.page).locator("[data-pointed]");

  test("an agent without control points at an element, which the customer's screen reader is told by name", async () => {
    await share();
    await desk.clickInReplica("input[name=query]");
    await bothShow(["element"]);
    await announced().filter({ hasText: "Robin points at Search" }).waitFor({ state: "attached" });
    await desk.clickInReplica("input[name=query]");
    await bothShow([]);
  });

  test("a masked and a blocked field are pointed at by their box, and told without their name", async () => {
    await share();
    await customer.page.evaluate(() => {
      const add = (id: string, protection: string, markup: string) => {
        const field = document.createElement("p");
        Object.assign(field, { id, className: protection, innerHTML: markup });
        document.querySelector("h1")?.before(field);
      };
      add("masked", "avcobrowse-mask", "TOPSECRET account");
      add("blocked", "avcobrowse-block", "<button>HUSHHUSH</button>");
    });
    // The id of what is masked stays in the customer's browser.
    const masked = "p:has(+ [data-copane-placeholder=block])";
    for (const selector of [masked, "[data-copane-placeholder=block]"]) {
      await desk.replica.locator(selector).waitFor();
      const there = await boxOf("desk", selector);
      await desk.page.mouse.click(there.x + 20, there.y + there.height / 2);
      const [mark] = await bothShow(["element"]);
      await announced()
        .filter({ hasText: "Robin points at a protected field" })
        .waitFor({ state: "attached" });
      const own = await boxOf("customer", selector === masked ? "#masked" : "#blocked");
      // Round the box, with the room that every highlight has.
      expect(Math.abs((mark?.x ?? 0) + (mark?.width ?? 0) / 2 - own.x - own.width / 2)).toBeLessThan(1);
      expect(Math.abs((mark?.y ?? 0) + (mark?.height ?? 0) / 2 - own.y - own.height / 2)).toBeLessThan(1);
      await desk.page.mouse.click(there.x + 20, there.y + there.height / 2);
      await bothShow([]);
      await announced().evaluate((said) => {
        said.textContent = "";
      });
    }
    const drawn = await widget(customer.page).locator(".copane-marks").innerHTML();
    for (const secret of ["TOPSECRET", "HUSHHUSH"]) {
      expect(customer.wire.contains(secret)).toBe(false);
      expect(drawn).not.toContain(secret);
    }
  });

  /** Draws over the words of an element, along its middle. */
  async function overWords(side: "desk" | "customer", selector: string): Promise<void> {
    const { mouse } = side === "desk" ? desk.page : customer.page;
    const { x, y, width, height } = await boxOf(side, selector);
    await mouse.move(x + 1, y + height / 2);
    await mouse.down();
    await mouse.move(x + width / 2, y + height / 2, { steps: 5 });
    await mouse.move(x + width - 1, y + height / 2, { steps: 5 });
    await mouse.up();
  }

  test("words that an agent highlights or marks lie on the same words on both sides, and are read out", async () => {
    await share();
    await customer.page.locator("h1").evaluate((heading) => {
      heading.style.width = "fit-content";
    });
    await overWords("desk", "h1");
    // The highlight grows with the selection: it is looked at until it is as wide as the words.
    await eventually("the words highlighted, all of them", async () => {
      const [highlight] = await bothShow(["selection"]);
      const heading = await boxOf("customer", "h1");
      if (!highlight) return false;
      return Math.abs(highlight.x - heading.x) < 12 && Math.abs(highlight.width - heading.width) < 24;
    });
    await announced().filter({ hasText: "Robin highlights Made for weather" }).waitFor({ state: "attached" });

    await desk.press("Mark text");
    await overWords("desk", ".card h2");
    await announced().filter({ hasText: "Robin marked" }).waitFor({ state: "attached" });
    const kinds = async () => (await seen("customer")).map(({ kind }) => kind).sort();
    await eventually("the marker beside the highlight", async () => (await kinds()).includes("marker"));
    const marked = await bothShow((await seen("customer")).map(({ kind }) => kind));
    await customer.page.setViewportSize({ width: 900, height: 800 });
    await eventually("the marker on its words, elsewhere", async () => {
      const now = (await seen("customer")).find(({ kind }) => kind === "marker");
      const words = await boxOf("customer", ".card h2");
      return now !== undefined && Math.abs(now.y - words.y) < words.height;
    });
    await bothShow(marked.map(({ kind }) => kind));
  });

  test("words that the customer selects are highlighted at the desk, and what it clicks", async () => {
    await share();
    await overWords("customer", "h1");
    await eventually("the highlight at the desk", async () =>
      (await seen("desk")).some(({ kind }) => kind === "selection"),
    );
    const [mark] = (await seen("desk")).filter(({ kind }) => kind === "selection");
    const words = await boxOf("customer", "h1");
    expect(Math.abs((mark?.y ?? 0) - words.y)).toBeLessThan(words.height);
    await customer.page.locator("input[name=stock]").click();
    await eventually("the click at the desk", async () =>
      (await seen("desk")).some(({ kind }) => kind === "element"),
    );
    // The customer knows what it selected and clicked.
    expect((await seen("customer")).filter(({ kind }) => kind !== "marker")).toEqual([]);
  });
});

test("the customer's tools keep their look when another part of the widget comes", async () => {
  await share();
  await customer.press("Draw");
  const bar = widget(customer.page).locator(".bar");
  const look = () => bar.evaluate((tools) => getComputedStyle(tools).position);
  await bar.waitFor();
  expect(await look()).toBe("fixed");
  await desk.press("Request control");
  await customer.screen("control");
  expect(await look()).toBe("fixed");
});

test("what the customer clicks is shown without any script for marks", async () => {
  const scripts: string[] = [];
  customer.page.on("request", (request) => scripts.push(request.url()));
  await share();
  await customer.page.locator("input[name=stock]").click();
  await eventually("the click at the desk", async () =>
    (await seen("desk")).some(({ kind }) => kind === "element"),
  );
  expect(scripts.filter((url) => url.includes("copane-marks"))).toEqual([]);
  await eventually("the click's end", async () => (await seen("desk")).length === 0);
});

describe("forged frames", () => {
  test("are refused while the session is paused", async () => {
    await share();
    await customer.press("Pause");
    await desk.says("Paused by");
    expect(await desk.page.getByRole("button", { name: "Draw a circle" }).isDisabled()).toBe(true);
    const refused = desk.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          (window as unknown as { sockets: WebSocket[] }).sockets
            .at(-1)
            ?.addEventListener("message", ({ data }) => {
              if (typeof data === "string" && data.includes('"error"')) resolve(data);
            });
        }),
    );
    // put: element, owner, key, colour, fade, anchor
    await forge([0, 8, 0, 3, 0, 0, 4]);
    expect(await refused).toContain("SESSION_PAUSED");
    await customer.press("Resume");
    await customer.screen("sharing");
    await desk.press("Draw a circle");
    await strokeOver("desk", "h1");
    await bothShow(["circle"]);
  });

  test("cannot mark the customer's masked text, whatever id they name", async () => {
    await share("checkout.html");
    await customer.page.evaluate(() => {
      const secret = document.createElement("p");
      secret.className = "avcobrowse-mask";
      secret.id = "secret";
      secret.textContent = "TOPSECRET account";
      document.querySelector("h1")?.before(secret);
    });
    await desk.replica.locator("p:has(+ h1)").waitFor();
    // Every text there is, as marked text of a few letters.
    for (let id = 2; id < 400; id++) {
      const wide = id < 128 ? [id] : [(id & 127) | 128, id >> 7];
      await forge([0, 6, 0, 16 + (id % 100), 0, 0, ...wide, 0, ...wide, 3]);
    }
    await eventually("marks on open text", async () => (await seen("customer")).length > 5);
    await elapse(300);
    const secret = await boxOf("customer", "#secret");
    const over = (await seen("customer")).filter(
      ({ y, height }) => y < secret.y + secret.height - 1 && y + height > secret.y + 1,
    );
    expect(over).toEqual([]);
    expect(customer.wire.contains("TOPSECRET")).toBe(false);
  });

  test("close the socket that has not joined", async () => {
    await share();
    const code = await desk.page.evaluate(
      ([url, frame]) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket(url as string);
          socket.onopen = () => socket.send(Uint8Array.from(frame as number[]));
          socket.onclose = (event) => resolve(event.code);
        }),
      [
        `${world.stack.server.replace("http", "ws")}/services/CoBrowse/sockjs/cobrowse/agent/websocket`,
        [...encodeFrame({ type: FrameType.marks }, new Uint8Array([5]))],
      ] as const,
    );
    expect(code).toBe(4400);
  });
});

describe("the agent's view", () => {
  beforeEach(() => share());

  /** How far the agent's picture is scrolled. */
  const scrolled = () =>
    desk.replica.locator("html").evaluate((html) => html.ownerDocument.defaultView?.scrollY ?? 0);
  const scale = () =>
    desk.page.locator(".copane-device").evaluate((device) => {
      return device.getBoundingClientRect().width / (device as HTMLElement).offsetWidth;
    });

  test("follows the customer's scroll, or looks round by itself until it follows again", async () => {
    await customer.page.evaluate(() => scrollTo(0, 200));
    await eventually("the customer's scroll", async () => (await scrolled()) === 200);
    await desk.look("Follow the customer's scrolling");
    const { x, y } = await boxOf("desk", "html");
    await desk.page.mouse.move(x + 300, Math.max(y, 300) + 200);
    await desk.page.mouse.wheel(0, -150);
    await eventually("a look further up", async () => (await scrolled()) === 50);
    await customer.page.evaluate(() => scrollTo(0, 120));
    await elapse(400);
    expect(await scrolled()).toBe(50);
    expect(await customer.page.evaluate(() => scrollY)).toBe(120);
    await desk.press("Request control");
    await customer.press("Allow");
    await desk.press("Bring the customer here");
    await eventually("the customer there", () => customer.page.evaluate(() => scrollY === 50));
    await customer.page.evaluate(() => scrollTo(0, 160));
    await desk.look("Follow the customer's scrolling");
    await eventually("the customer's scroll again", async () => (await scrolled()) === 160);
  });

  test("is zoomed, fitted, shown pixel by pixel and as a device, with marks where they belong", async () => {
    await desk.press("Draw a rectangle");
    await strokeOver("desk", "h1");
    await bothShow(["rectangle"]);
    const fitted = await scale();
    expect(fitted).toBeLessThan(1);
    await desk.look("Actual size");
    expect(await scale()).toBe(1);
    await desk.page.getByRole("button", { name: "Zoom: 100 %" }).waitFor();
    await desk.press("Zoom in");
    expect(await scale()).toBeCloseTo(1.1, 5);
    await bothShow(["rectangle"]);
    await desk.look("Fit");
    await desk.look("Show as a device");
    expect(await scale()).toBeLessThan(fitted);
    await bothShow(["rectangle"]);
    await strokeOver("desk", ".card h2 >> nth=0");
    await bothShow(["rectangle", "rectangle"]);
  });
});
