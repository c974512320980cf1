import { paths } from "@copane/protocol";
import { Canaries } from "../../pages/privacy.ts";
import { AgentView } from "../../support/agent.ts";
import { Customer } from "../../support/customer.ts";
import { html } from "../../support/http.ts";
import { signInCode, startStack } from "../../support/stack.ts";
import { eventually } from "../../support/wait.ts";
import { acts, places } from "../places.ts";
import type { Attack, AttackContext, AttackResult } from "../types.ts";

/** The ways to hide, by how the element that stands around is made. */
const ways = {
  mask: 'class="avcobrowse-mask"',
  "mask of the site policy": "data-policy-mask",
  "mask of the page": "data-page-mask",
  block: 'class="avcobrowse-block"',
  hide: 'class="avcobrowse-hide"',
  remove: 'id="removed-{n}"',
} as const;
type Way = keyof typeof ways;

export const canaries: Attack = {
  name: "canaries in hidden places",
  by: "agent",
  target: "what the customer's page hides",
  judged: "the word in anything that leaves the customer's browser, or at the agent",
  full: 1,
  bounded: 1,
  async run({ browser }: AttackContext): Promise<AttackResult> {
    const stack = await startStack();
    const words = new Canaries();
    const removeIds: string[] = [];
    const boxes: string[] = [];
    const later: { host: string; act: string; word: string }[] = [];
    for (const way of Object.keys(ways) as Way[]) {
      const open = (): { tag: string; id: string } => {
        const n = boxes.length;
        if (way === "remove") removeIds.push(`removed-${n}`);
        return { tag: `div data-box="${n}" ${ways[way].replace("{n}", String(n))}`, id: String(n) };
      };
      for (const [place, markup] of places) {
        const word = words.plant(`${way}: ${place}`);
        boxes.push(`<${open().tag}>${markup.replaceAll("{c}", word)}</div>`);
      }
      for (const [place, act] of acts) {
        const { tag, id } = open();
        boxes.push(`<${tag}></div>`);
        later.push({ host: id, act, word: words.plant(`${way}: ${place}`) });
      }
    }
    const site = await stack.serve({
      "/inner": html("<p>inner</p>"),
      "/": html(
        `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Canaries</title></head><body>
<h1>${words.control}</h1>${boxes.join("\n")}<p id="last">.</p></body></html>`,
      ),
    });
    try {
      await setPolicy(stack.server);
      const customer = await Customer.open(browser, stack, `${site.origin}/`);
      const agent = await AgentView.open(browser, stack);
      await customer.page.waitForFunction(() => window.copane !== undefined);
      await customer.page.evaluate(
        (ids) => window.copane?.init({ privacy: { mask: ["[data-page-mask]"], removeIds: ids } }),
        removeIds,
      );
      await agent.join(await customer.start());
      await customer.page.evaluate(async (list) => {
        const wait = () => new Promise((resolve) => setTimeout(resolve, 120));
        const run = Object.getPrototypeOf(async () => {}).constructor;
        await Promise.all(
          list.map(({ host, act, word }) =>
            new run("host", "word", "later", act)(document.querySelector(`[data-box="${host}"]`), word, wait),
          ),
        );
        await wait();
        (document.getElementById("last") as HTMLElement).textContent = "the last change";
      }, later);
      await eventually("the last change at the agent", async () =>
        (await agent.state()).text.includes("the last change"),
      );
      const shown = await agent.page.evaluate(
        () => window.agentView.document().documentElement.outerHTML + document.title,
      );
      const through = words.places((word) => customer.wire.contains(word) || shown.includes(word));
      if (!customer.wire.contains(words.control))
        through.push("the control word was not found: nothing is proved");
      await customer.context.close();
      await agent.context.close();
      const counts = (Object.keys(ways) as Way[]).map((way) => {
        const left = through.filter((place) => place.startsWith(`${way}:`)).length;
        return `${way} ${left}`;
      });
      return { tries: words.count, through, note: counts.join(", ") };
    } finally {
      await stack.close();
    }
  },
};

/** What the site hides on every page. */
async function setPolicy(server: string): Promise<void> {
  const ask = async (method: string, path: string, body?: object, token?: string) => {
    const answer = await fetch(server + path, {
      method,
      headers: {
        ...(body && { "content-type": "application/json" }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, never>;
  };
  const { token } = await ask("POST", paths.agentSignIn, { name: "Lin", code: signInCode, role: "admin" });
  const { version, policy } = (await ask("GET", `${paths.admin}/policy`, undefined, token)) as {
    version: never;
    policy: never;
  };
  const privacy = { mask: ["[data-policy-mask]"], block: [], hide: [], removeIds: [] };
  await ask("PUT", `${paths.admin}/policy`, { version, policy: { ...(policy as object), privacy } }, token);
}
