import type { Page } from "playwright-core";
import { AgentView } from "../../support/agent.ts";
import { Customer } from "../../support/customer.ts";
import { html } from "../../support/http.ts";
import { elapse, eventually } from "../../support/wait.ts";
import { disguised, disguises, firstLetters, type Payload, payloads } from "../payloads.ts";
import type { Attack, AttackContext, AttackResult } from "../types.ts";

/** Payloads that share a page: what one does to a page must not hide what the others do. */
const PER_PAGE = 120;

const judged = "a script, request, window, download, dialog or navigation at the agent";

/** What the site's own markup, as capture sends it, does at the agent. */
export const scriptsOfPages: Attack = {
  name: "scripts in a page",
  by: "site",
  target: "the agent's browser",
  judged,
  full: 10_000,
  bounded: PER_PAGE,
  run: (context, most) => runPayloads(context, most, false),
};

/** The same by a stream that our capture would never write: only the replica stands against it. */
export const scriptsOfStreams: Attack = {
  name: "scripts in a forged stream",
  by: "customer",
  target: "the agent's browser",
  judged,
  full: 10_000,
  bounded: PER_PAGE,
  run: (context, most) => runPayloads(context, most, true),
};

async function runPayloads(context: AttackContext, most: number, forged: boolean): Promise<AttackResult> {
  // Spread over all kinds when there is not time for each.
  const all = payloads((number) => `(top.ran||[]).push(${number});fetch(&quot;/ran?${number}&quot;)`);
  const step = Math.max(1, Math.floor(all.length / most));
  const chosen = all.map((payload, number) => ({ ...payload, number })).filter((_, i) => i % step === 0);
  const through: string[] = [];
  let blocked = 0;
  let shown = 0;
  for (let from = 0; from < chosen.length; from += PER_PAGE) {
    const found = await runPage(context, chosen.slice(from, from + PER_PAGE), forged);
    through.push(...found.through);
    blocked += found.blocked;
    shown += found.shown;
  }
  if (shown === 0) through.push("nothing: the payloads did not reach the agent, so that nothing is proved");
  return {
    tries: chosen.length,
    through,
    note: `${shown} elements of them shown, ${blocked} stopped by the sandbox alone`,
  };
}

type Numbered = Payload & { number: number };

async function runPage(
  { browser, stack }: AttackContext,
  chosen: readonly Numbered[],
  forged: boolean,
): Promise<{ through: string[]; blocked: number; shown: number }> {
  const markup = (payload: Numbered) => (forged ? disguised(payload.markup) : payload.markup);
  const site = await stack.serve({
    "/evil.js": { type: "text/javascript", body: "top.ran.push('the site’s script')" },
    "/evil.html": html("<script>top.ran.push('a page of the site')</script>"),
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hostile</title></head><body>
<h1>Hostile</h1><div id="stage"></div></body></html>`),
  });
  // The page itself must not go away by its own payloads: they are put in without being run.
  const customer = await Customer.open(browser, stack, `${site.origin}/`);
  const agent = await AgentView.open(browser, stack);
  try {
    if (forged) await customer.page.evaluate(putNamesBack, [disguises, firstLetters] as const);
    const watch = await watchAgent(agent.page, stack.agentView);
    await agent.join(await customer.start());
    await customer.page.evaluate(
      (list) => {
        const stage = document.getElementById("stage") as HTMLElement;
        // Payloads are called as what a document has.
        const make = (tag: string) => Document.prototype.createElement.call(document, tag);
        for (const { markup: text, number } of list) {
          const box = make("div");
          box.dataset.payload = String(number);
          // A document without a window runs nothing; what is then moved over was made there.
          const made = new DOMParser().parseFromString(`<body>${text}</body>`, "text/html");
          box.append(...made.head.childNodes, ...made.body.childNodes);
          for (const form of box.querySelectorAll("form"))
            form.addEventListener("submit", (e) => e.preventDefault());
          try {
            stage.append(box);
          } catch {
            // A payload that its own page does not take.
          }
        }
        stage.append(Object.assign(make("p"), { id: "last", textContent: "The last" }));
      },
      chosen.map((payload) => ({ markup: markup(payload), number: payload.number })),
    );
    await eventually("the payloads at the agent", () =>
      agent.page.evaluate(
        () => Document.prototype.getElementById.call(window.agentView.document(), "last") !== null,
      ),
    );
    const shown = await agent.page.evaluate(provoke);
    await elapse(1_000);
    const through = await watch.found(chosen, site.origin);
    return { through, blocked: watch.blocked(), shown };
  } finally {
    await customer.context.close();
    await agent.context.close();
    await site.close();
  }
}

/** In the customer's page: whatever leaves has the names in it that stand-ins were sent for. */
function putNamesBack([source, letters]: readonly [string, Record<string, string>]): void {
  const send = WebSocket.prototype.send;
  const pattern = new RegExp(source, "gi");
  WebSocket.prototype.send = function (data) {
    if (typeof data === "string") return send.call(this, data);
    const bytes = new Uint8Array(data as ArrayBuffer).slice();
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    for (const { index, 0: found } of text.matchAll(pattern)) {
      const letter = letters[found.slice(1).toLowerCase()];
      if (letter) bytes[index] = letter.charCodeAt(0);
    }
    return send.call(this, bytes);
  };
}

/** In the agent's page: what a hand or time could set off in what it shows. Gives how many elements there were. */
function provoke(): number {
  const all = [...window.agentView.document().querySelectorAll("[data-payload] *")];
  for (const element of all) {
    for (const type of [
      "mouseover",
      "pointerdown",
      "mousedown",
      "mouseup",
      "click",
      "dblclick",
      "contextmenu",
    ])
      element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
    for (const type of [
      "error",
      "load",
      "focus",
      "begin",
      "animationend",
      "toggle",
      "submit",
      "drop",
      "message",
    ])
      element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
    (element as HTMLElement).focus?.();
    (element as HTMLElement).click?.();
  }
  return all.length;
}

/** Notes all that a page of an agent must not do. */
async function watchAgent(page: Page, home: string) {
  const seen: string[] = [];
  let blocked = 0;
  await page.evaluate(() => {
    Object.assign(window, { ran: [] });
    for (const name of ["alert", "confirm", "prompt", "open", "print"] as const)
      Object.assign(window, { [name]: () => (window as unknown as { ran: unknown[] }).ran.push(name) });
  });
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === "/ran") seen.push(`request of ${search.slice(1)}`);
    else if (["script", "fetch", "xhr", "ping", "eventsource", "manifest"].includes(request.resourceType())) {
      if (pathname.startsWith("/evil")) seen.push(`request: ${pathname} as ${request.resourceType()}`);
    }
    if (request.isNavigationRequest()) seen.push(`navigation to ${request.url()}`);
  });
  page.on("console", (message) => {
    if (/Blocked script execution|Refused to (run|execute)/i.test(message.text())) blocked++;
  });
  page.on("download", (download) => seen.push(`download of ${download.url().slice(0, 80)}`));
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message().slice(0, 80)}`);
    void dialog.dismiss();
  });
  page.on("popup", () => seen.push("a window"));
  page.on("crash", () => seen.push("the agent's page crashed"));
  return {
    blocked: () => blocked,
    async found(chosen: readonly Numbered[], origin: string): Promise<string[]> {
      const ran = await page.evaluate(() => (window as unknown as { ran: unknown[] }).ran.map(String));
      const ways = new Map(chosen.map(({ number, way }) => [String(number), way]));
      if (page.url() !== home) seen.push(`the agent's page is at ${page.url()}`);
      const left = await page.evaluate(remains);
      return [...ran.map((one) => `ran: ${ways.get(one) ?? one}`), ...seen, ...left].map((one) =>
        one.replace(origin, "(site)"),
      );
    },
  };
}

/** In the agent's page: what stands in the replica and must not, whatever it did so far. */
function remains(): string[] {
  const replica = window.agentView.document();
  const left: string[] = [];
  for (const element of replica.querySelectorAll("*")) {
    const way = element.closest("[data-payload]")?.getAttribute("data-payload") ?? "?";
    if (
      element.matches("script, object[data], embed, applet, portal, fencedframe, base:not([data-copane-own])")
    )
      left.push(`stands: ${element.localName} of ${way}`);
    for (const name of element.getAttributeNames()) {
      const value = element.getAttribute(name) ?? "";
      if (/^on/i.test(name) || /^(srcdoc|http-equiv|formaction|action|ping)$/i.test(name))
        left.push(`stands: ${name} of ${way}`);
      const compact = [...value].filter((letter) => letter > " ").join("");
      if (
        /^(href|src|xlink:href|data|to|values)$/i.test(name) &&
        /(^|;)(java|vb)script:|^data:text\/html/i.test(compact)
      )
        left.push(`stands: ${name}=${compact.slice(0, 20)} of ${way}`);
    }
  }
  return left;
}
