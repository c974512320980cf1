import type { Browser, BrowserContext, FrameLocator, Locator, Page } from "playwright-core";
import { closeAllPages } from "../../scripts/lib/browser.ts";
import { freePort } from "../../scripts/lib/free-port.mjs";
import { packageFolder } from "../pages/modules.ts";
import { openContext, sharedBrowser } from "./browser.ts";
import type { Site } from "./http.ts";
import { html, type Routes, serveRoutes } from "./http.ts";
import { type Stack, startStack } from "./stack.ts";
import { eventually } from "./wait.ts";

const root = new URL("../../", import.meta.url).pathname;

/** A call of a page's callback, as the page saw it. */
export interface Heard {
  name: string;
  event: unknown;
}

/** The browser of the test process, a server in `open` mode, and a customer's site on an origin of its own. */
export class AvayaWorld {
  readonly browser: Browser;
  readonly stack: Stack;
  readonly site: Site;

  private constructor(browser: Browser, stack: Stack, site: Site) {
    this.browser = browser;
    this.stack = stack;
    this.site = site;
  }

  static async start(settings: Parameters<typeof startStack>[0] = {}): Promise<AvayaWorld> {
    const port = await freePort();
    const server = `http://127.0.0.1:${port}`;
    const site = await serveRoutes(pages(server));
    const [browser, stack] = await Promise.all([
      sharedBrowser(),
      startStack({
        port,
        agentAuth: "open",
        agentNetworks: ["127.0.0.1"],
        allowedOrigins: [server, site.origin],
        avayaDir: `${root}packages/avaya/dist/browser`,
        ...settings,
      }),
    ]);
    return new AvayaWorld(browser, stack, site);
  }

  async close(): Promise<void> {
    await closeAllPages(this.browser);
    await Promise.all([this.stack.close(), this.site.close()]);
  }

  /** A tab of its own profile. */
  async open(url: string): Promise<Tab> {
    const context = await openContext(this.browser);
    await context.addInitScript(keepSockets);
    const page = await context.newPage();
    const tab = new Tab(page);
    await page.goto(url);
    return tab;
  }

  /** The sample pages, which know nothing of Copane. */
  sample(name: "customer" | "agent"): Promise<Tab> {
    return this.open(`${this.stack.server}/sample/avaya/${name}.html`);
  }
}

/** A page with the SDK, and what its callbacks were given. */
export class Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.context = page.context();
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => {
      // A wrong key is answered by 404, which the console reports by itself.
      if (message.type() === "error" && !/404/.test(message.text())) this.errors.push(message.text());
    });
  }

  press(id: string): Promise<void> {
    return this.page.locator(`#${id}`).click();
  }

  async reads(id: string, text: string | RegExp): Promise<string> {
    return eventually(`"${text}" in #${id}`, async () => {
      const found = (await this.page.locator(`#${id}`).textContent()) ?? "";
      return (typeof text === "string" ? found.includes(text) : text.test(found)) && found;
    });
  }

  /** Runs in the page, where `sdk` is the instance; gives what the promise was kept or broken with. */
  async call(expression: string): Promise<string> {
    return this.page.evaluate(`(async () => {
      const sdk = window.customerCobrowse || window.agentCobrowse;
      try { const value = await (${expression}); return value === undefined ? "ok" : typeof value === "object" ? "ok" : String(value); }
      catch (error) { return "failed: " + (error.getMessage ? error.getMessage() : error); }
    })()`);
  }

  /** Registers every callback of the instance, as often as wanted. */
  async listen(times = 1): Promise<void> {
    await this.page.evaluate((count) => {
      const page = window as unknown as Record<string, Record<string, (run: unknown) => void>> & {
        heard?: Heard[];
      };
      const sdk = page.customerCobrowse ?? page.agentCobrowse;
      page.heard ??= [];
      for (const key of Object.getOwnPropertyNames(Object.getPrototypeOf(sdk)).concat(
        Object.getOwnPropertyNames(Object.getPrototypeOf(Object.getPrototypeOf(sdk))),
      )) {
        if (!key.startsWith("addOn")) continue;
        const name = key.replace(/^addOn|Callback$/g, "");
        for (let i = 0; i < count; i++) sdk?.[key]?.((event: unknown) => page.heard?.push({ name, event }));
      }
    }, times);
  }

  heard(name: string): Promise<unknown[]> {
    return this.page.evaluate(
      (wanted) =>
        ((window as unknown as { heard?: Heard[] }).heard ?? [])
          .filter((one) => one.name === wanted)
          .map(({ event }) => event),
      name,
    );
  }

  /** The first `count` events of a callback. */
  hears(name: string, count = 1): Promise<unknown[]> {
    return eventually(`${count} × ${name}`, async () => {
      const events = await this.heard(name);
      return events.length >= count && events;
    });
  }

  /** What the page reads of the session. */
  data(): Promise<Record<string, unknown>> {
    return this.page.evaluate(() => {
      const page = window as unknown as Record<string, Record<string, () => Record<string, unknown>>>;
      const data = (page.customerCobrowse?.getCustomerData?.() ??
        page.agentCobrowse?.getAgentData?.()) as unknown as Record<string, () => unknown>;
      const ask = (method: string) => data[method]?.();
      return {
        cobrowseState: data.cobrowseState,
        agentControlState: data.agentControlState,
        agent: ask("getAgentName"),
        customer: ask("getCustomerName"),
        key: ask("getPassPhrase"),
        reason: ask("getCustomerReasonForDisconnect"),
        same:
          ask("getCobrowseState") === data.cobrowseState &&
          ask("getAgentControlState") === data.agentControlState,
        agentCode: ask("getAgentAuthCode"),
        customerCode: ask("getCustomerAuthCode"),
      };
    });
  }

  /** Cuts the connection, as a network that changes does. */
  async cut(): Promise<void> {
    await this.page.evaluate(() => {
      for (const socket of (window as unknown as { sockets: WebSocket[] }).sockets) socket.close();
    });
  }

  /** A real click on something in the replica, through what lies over it. */
  async clickInReplica(selector: string): Promise<void> {
    const box = await this.replica.locator(selector).boundingBox();
    if (!box) throw new Error(`${selector} is not to be seen in the replica`);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** What is drawn over the page: at the agent over the replica, at the customer over the page itself. */
  get marks(): Locator {
    const over = this.page.url().includes("agent") ? this.page.frameLocator("#customer-page") : this.page;
    return over.locator(".copane-marks g").filter({ visible: true });
  }

  /** What the agent sees, in its iframe. */
  get replica(): FrameLocator {
    return this.page.frameLocator("#customer-page").frameLocator("iframe:not([style*='visibility: hidden'])");
  }
}

const sdk = (server: string, folder = "") => `${server}/services/CoBrowse/sdk/${folder}`;
const files = [
  "jquery.min.js",
  "jquery_path.js",
  "Base64.js",
  "md5.js",
  "sock.js",
  "AvayaCoBrowseClientServices.min.js",
];

/** What every page of the test site does once the SDK is there. */
const setUp = (server: string, then: string) => {
  const { hostname, port } = new URL(server);
  return `var config = new AvayaCoBrowseClientServices.Config.CoBrowseConfiguration();
config.serverInfo.hostName = "${hostname}"; config.serverInfo.port = "${port}"; config.enabled = true;
var heard = [];
var customerCobrowse = new AvayaCoBrowseClientServices().createCustomerCobrowse(config);
customerCobrowse.addOnConnectionResetCallback(function (event) { heard.push({ name: "early reset", event: event }); });
customerCobrowse.addOnConnectionCallback(function (event) { heard.push({ name: "early connection", event: event }); });
${then}`;
};

/** A loader that works as LABjs does: fetches at once, runs in order where `wait()` says so. */
const lab = `var $LAB = (function () {
  var chain = Promise.resolve(), batch = [];
  function load(src) { return function () { return new Promise(function (done, fail) {
    var script = document.createElement("script"); script.src = src; script.async = false;
    script.onload = done; script.onerror = function () { fail(new Error("not loaded: " + src)); }; document.head.appendChild(script);
  }); }; }
  var api = { script: function (src) { batch.push(load(src)); return api; },
    wait: function (run) { var now = batch; batch = []; chain = chain.then(function () { return Promise.all(now.map(function (one) { return one(); })); }).then(run); return api; } };
  return api;
})();`;

function pages(server: string): Routes {
  const body = (scripts: string) =>
    html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bank</title><link rel="icon" href="data:,">${scripts}</head>
<body style="min-height:2000px"><h1 id="title">Accounts</h1><p id="text">Savings and more</p><input id="field"><button id="go" onclick="this.textContent='Gone'">Go</button></body></html>`);
  const plain = files.map((name) => `<script src="${sdk(server)}${name}"></script>`).join("");
  const start = `<script>${setUp(server, "customerCobrowse.start(); var silent = heard.length === 0;")}</script>`;
  const sameTick = setUp(
    server,
    `customerCobrowse.start();
var joined = "waiting";
customerCobrowse.joinSession("Ada O'Neill", location.hash.slice(1)).then(function () { joined = "yes"; }, function (error) { joined = error.getMessage(); });`,
  );
  const labbed = (own: string) =>
    `${own}<script>${lab}
var before = [window.$, window.jQuery], started = false;
${files.map((name) => `$LAB.script("${sdk(server, "common/lib/")}${name}").wait(function () {});`).join("\n")}
$LAB.wait(function () { window.untouched = before[0] === window.$ && before[1] === window.jQuery; ${setUp(server, "customerCobrowse.start(); window.started = true;")} });</script>`;
  const jquery = (version: string) => `<script src="/${version}/jquery.min.js"></script>`;
  return {
    "/": body(plain + start),
    "/next": body(plain + start),
    "/same-tick": body(`${plain}<script>${sameTick}</script>`),
    "/leaving": body(
      `${plain}${start}<script>window.onbeforeunload = function () { customerCobrowse.logoutSession("Page closed"); };</script>`,
    ),
    "/outer": html(
      `<!doctype html><title>Outer</title><h1>Outer page</h1><iframe id="inner" src="/next" style="width:600px;height:400px"></iframe>`,
    ),
    "/lab": body(labbed("")),
    "/lab1": body(labbed(jquery("jquery1"))),
    "/lab3": body(labbed(jquery("jquery3"))),
    "/jquery1/": `${packageFolder("jquery1")}/dist`,
    "/jquery3/": `${packageFolder("jquery3")}/dist`,
  };
}

function keepSockets(): void {
  const sockets: WebSocket[] = [];
  const Socket = window.WebSocket;
  class KeptSocket extends Socket {
    constructor(url: string | URL) {
      super(url);
      sockets.push(this);
    }
  }
  Object.assign(window, { sockets, WebSocket: KeptSocket });
}
