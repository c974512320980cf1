import type { IncomingMessage } from "node:http";
import { AgentView } from "../../support/agent.ts";
import { Customer } from "../../support/customer.ts";
import { listen } from "../../support/http.ts";
import { elapse, eventually } from "../../support/wait.ts";
import type { Attack, AttackContext, AttackResult } from "../types.ts";

const AGENT = "the agent of the attacks";

/** Ways in which a page has a browser ask for something; `{u}` is the address. Only what shows may be asked for. */
const ways: readonly (readonly [way: string, markup: string, shows: boolean])[] = [
  ["img", '<img alt="" src="{u}">', true],
  ["img with a policy", '<img alt="" src="{u}" referrerpolicy="unsafe-url">', true],
  ["srcset", '<img alt="" srcset="{u} 1x">', true],
  ["picture", '<picture><source srcset="{u}"><img alt=""></picture>', true],
  ["background", "<p style=\"background: url('{u}')\">p</p>", true],
  ["a rule", "<style>.r{n} { background: url('{u}') }</style><p class=r{n}>p</p>", true],
  ["@import", "<style>@import url('{u}');</style>", true],
  ["style sheet", '<link rel="stylesheet" href="{u}">', true],
  ["style sheet with a policy", '<link rel="stylesheet" href="{u}" referrerpolicy="unsafe-url">', true],
  [
    "font",
    "<style>@font-face { font-family: f{n}; src: url('{u}') }</style><p style='font-family:f{n}'>p</p>",
    true,
  ],
  ["poster", '<video poster="{u}"></video>', true],
  ["svg image", '<svg><image href="{u}" width="9" height="9"/></svg>', true],
  ["mask", "<p style=\"mask-image: url('{u}')\">p</p>", true],
  ["marker", "<ul style=\"list-style-image: url('{u}')\"><li>l</ul>", true],
  ["content", "<style>.c{n}::before { content: url('{u}') }</style><p class=c{n}>p</p>", true],
  ["preload", '<link rel="preload" as="image" href="{u}">', false],
  ["prefetch", '<link rel="prefetch" href="{u}">', false],
  ["prerender", '<link rel="prerender" href="{u}">', false],
  ["module preload", '<link rel="modulepreload" href="{u}">', false],
  ["icon", '<link rel="icon" href="{u}">', false],
  ["manifest", '<link rel="manifest" href="{u}">', false],
  ["script", '<script src="{u}"></script>', false],
  ["frame", '<iframe src="{u}"></iframe>', false],
  ["object", '<object data="{u}" type="text/html"></object>', false],
  ["embed", '<embed src="{u}" type="text/html">', false],
  ["refresh", '<meta http-equiv="refresh" content="0;url={u}">', false],
  ["ping", '<a href="#x" ping="{u}">l</a>', false],
  ["link", '<a href="{u}">l</a>', false],
  ["a link to another tab", '<a href="{u}" target="_blank">l</a>', false],
  ["form", '<form action="{u}"><button>b</button></form>', false],
  ["speculation rules", '<script type="speculationrules">{"prefetch":[{"urls":["{u}"]}]}</script>', false],
];

/** Browsers ask for these by CORS alone, and with that always go the scheme and host of who asks; no path, no query. */
const askedByCors = new Set(["font", "mask"]);

/** What is in the page makes the agent's browser ask its site, and what the site hears by that. */
export const requests: Attack = {
  name: "requests of the agent's browser",
  by: "site",
  target: "who the agent is, where the desk is, and their network",
  judged: "a Referer, an Origin where CORS needs none, or a request for what shows nothing",
  full: 1,
  bounded: 1,
  async run({ browser, stack }: AttackContext): Promise<AttackResult> {
    const asked: { path: string; headers: IncomingMessage["headers"] }[] = [];
    let page = "";
    const site = await listen((request, response) => {
      const { url: path = "/", headers } = request;
      if (headers["user-agent"] === AGENT) asked.push({ path, headers });
      response.writeHead(path === "/" ? 200 : 404, {
        "content-type": "text/html; charset=utf-8",
      });
      response.end(path === "/" ? page : "");
    });
    const markup = ways.map(([, text], n) =>
      text.replaceAll("{u}", `/asked/${n}`).replaceAll("{n}", String(n)),
    );
    page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="unsafe-url">
<title>Requests</title></head><body><h1>Requests</h1><div id="stage"></div><p id="last"></p></body></html>`;
    const customer = await Customer.open(browser, stack, `${site.origin}/`);
    const agent = await AgentView.open(browser, stack, { userAgent: AGENT });
    // The refresh would take the page away before the agent has seen it.
    await customer.page.route("**/asked/**", (route) => {
      const request = route.request();
      const leaves = request.isNavigationRequest() && request.frame() === customer.page.mainFrame();
      return leaves ? route.abort() : route.continue();
    });
    try {
      await agent.join(await customer.start());
      await customer.page.evaluate((list) => {
        const stage = document.getElementById("stage") as HTMLElement;
        for (const text of list) {
          const made = new DOMParser().parseFromString(`<body>${text}</body>`, "text/html");
          stage.append(...made.head.childNodes, ...made.body.childNodes);
        }
        (document.getElementById("last") as HTMLElement).textContent = "the last";
      }, markup);
      await eventually("the last at the agent", async () => (await agent.state()).text.includes("the last"));
      await agent.page.evaluate(() => {
        for (const element of window.agentView.document().querySelectorAll("a, button"))
          (element as HTMLElement).click();
      });
      await elapse(1_500);
    } finally {
      await customer.context.close();
      await agent.context.close();
      await site.close();
    }
    const through: string[] = [];
    for (const { path, headers } of asked) {
      const [way = path, , shows = false] = ways[Number(path.split("/")[2])] ?? [];
      if (!shows) through.push(`${way}: was asked for`);
      if (headers.referer) through.push(`${way}: with the Referer ${headers.referer}`);
      if (
        headers.origin &&
        headers.origin !== "null" &&
        headers.origin !== site.origin &&
        !askedByCors.has(way)
      )
        through.push(`${way}: with the Origin ${headers.origin}`);
    }
    if (!asked.some(({ path }) => path === "/asked/0"))
      through.push("nothing: not even the picture was asked for");
    return { tries: ways.length, through, note: `${asked.length} requests` };
  },
};
