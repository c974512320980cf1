import { encodeProposal } from "@copane/client/proposal";
import { encodeInput } from "@copane/mirror/control";
import { FrameType } from "@copane/protocol";
import { AgentView } from "../../support/agent.ts";
import { Customer } from "../../support/customer.ts";
import { html } from "../../support/http.ts";
import { eventually } from "../../support/wait.ts";
import type { Attack, AttackContext, AttackResult } from "../types.ts";

/** What can be operated, each within an element that protects it. */
const targets: readonly string[] = [
  "<input value=''>",
  "<input type=checkbox>",
  "<input type=radio name=r>",
  "<input type=range min=0 max=9 value=5>",
  "<input type=date>",
  "<input type=color>",
  "<input type=number value=1>",
  "<input type=file>",
  "<textarea></textarea>",
  "<select><option>a</option><option>b</option></select>",
  "<select multiple><option>a</option><option>b</option></select>",
  "<button>b</button>",
  "<a href='#went-{way}'>l</a>",
  "<form><input name=i><button>send</button></form>",
  "<label>l <input type=checkbox></label>",
  "<div contenteditable>e</div>",
  "<details><summary>s</summary>d</details>",
  "<div tabindex=0 role=button>r</div>",
  "<div style='overflow:auto;height:40px'><div style='height:900px'>high</div></div>",
  "<div draggable=true>d</div>",
  "<video controls></video>",
  "<svg width=40 height=40><rect width=40 height=40 /></svg>",
  "<canvas width=40 height=40></canvas>",
  "<iframe srcdoc='<button>in a frame</button>'></iframe>",
];
const ways = {
  none: "",
  mask: "class=avcobrowse-mask",
  block: "class=avcobrowse-block",
  hide: "class=avcobrowse-hide",
  remove: "id=removed",
} as const;

/** Events by which a page would know that somebody did something. */
const heard =
  "pointerdown mousedown pointerup mouseup click auxclick dblclick contextmenu keydown keyup beforeinput input change submit reset toggle focusin paste drop dragstart wheel select";

/** The agent's page sends what no tool of ours would: to every number that it knows, and to those between. */
export const forgedInput: Attack = {
  name: "forged input",
  by: "agent",
  target: "what the customer's page protects",
  judged: "an event, a value, a scroll position or an address of a protected element that changed",
  full: 200_000,
  bounded: 3_000,
  async run({ browser, stack }: AttackContext, most): Promise<AttackResult> {
    const rows = Object.entries(ways).map(
      ([way, mark]) =>
        `<section data-way="${way}" ${mark}>${targets.map((one) => `<p>${one.replace("{way}", way)}</p>`).join("")}</section>`,
    );
    const site = await stack.serve({
      "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Input</title></head><body>
${rows.join("")}<p id="last">.</p><script>
const heard = {};
window.heard = heard;
const note = (way, what) => { (heard[way] ??= []).push(what); };
for (const type of "${heard}".split(" ")) addEventListener(type, (event) => {
  const at = event.composedPath().find((one) => one.dataset?.way);
  if (at) note(at.dataset.way, type + " at " + event.composedPath()[0].localName);
  if (type === "submit") event.preventDefault();
}, true);
const frames = () => { for (const frame of document.querySelectorAll("iframe")) {
  const { contentDocument } = frame;
  if (contentDocument.heard) continue;
  contentDocument.heard = true;
  const way = frame.closest("[data-way]").dataset.way;
  for (const type of "${heard}".split(" ")) contentDocument.addEventListener(type, () => note(way, type + " in a frame"), true);
} };
addEventListener("load", frames);
const state = (section) => [...section.querySelectorAll("*")].map((e) => [e.localName, e.value, e.checked, e.selectedIndex, e.open, e.scrollTop, e.localName === "div" ? e.textContent : "", e === document.activeElement].join()).join("|");
window.states = () => Object.fromEntries([...document.querySelectorAll("[data-way]")].map((s) => [s.dataset.way, state(s)]));
</script></body></html>`),
    });
    const customer = await Customer.open(browser, stack, `${site.origin}/`);
    const agent = await AgentView.open(browser, stack);
    try {
      await customer.page.waitForFunction(() => window.copane !== undefined);
      await customer.page.evaluate(() => window.copane?.init({ privacy: { removeIds: ["removed"] } }));
      await agent.join(await customer.start());
      await agent.takeControl(customer);
      await customer.page.evaluate("for (const way of Object.keys(heard)) delete heard[way]");
      const before = await customer.page.evaluate<Record<string, string>>("states()");
      const ids = await agent.page.evaluate(known);
      const battery = ids.flatMap((id) => [id, id + 1]).filter((id, i, all) => all.indexOf(id) === i);
      let sent = 0;
      for (const id of battery) {
        if (sent >= most) break;
        const frames = everything(id);
        await agent.page.evaluate(forgeAll, [frames, FrameType.input, FrameType.propose] as const);
        sent += frames.length;
        // Below what one socket may send.
        if (sent % 1_000 < frames.length) await agent.page.waitForTimeout(500);
      }
      const words = `the last ${sent}`;
      await customer.page.evaluate((text) => {
        (document.getElementById("last") as HTMLElement).textContent = text;
      }, words);
      await eventually("the last change", async () => (await agent.state()).text.includes(words));
      await eventually("an effect where all is allowed", () =>
        customer.page.evaluate("Boolean(heard.none?.length)"),
      );
      const after = await customer.page.evaluate<Record<string, string>>("states()");
      const events = await customer.page.evaluate<Record<string, string[]>>("heard");
      const through: string[] = [];
      for (const way of Object.keys(ways)) {
        if (way === "none") continue;
        for (const event of new Set(events[way] ?? [])) through.push(`${way}: ${event}`);
        if (after[way] !== before[way]) through.push(`${way}: what it holds has changed`);
      }
      const went = /#went-(?!none)(.*)/.exec(customer.page.url());
      if (went) through.push(`${went[1]}: the page followed a link`);
      through.push(...customer.errors.map((error) => `the customer's page: ${error}`));
      return {
        tries: sent,
        through,
        note: `${new Set(events.none ?? []).size} kinds of effects where all is allowed`,
      };
    } finally {
      await customer.context.close();
      await agent.context.close();
      await site.close();
    }
  },
};

/** In the agent's page: numbers of all that it shows. */
function known(): number[] {
  const ids = new Set<number>();
  for (const element of window.agentView.document().querySelectorAll("*")) {
    const id = window.agentView.idOfElement(element);
    if (id) ids.add(id);
  }
  return [...ids];
}

type Forged = { propose: boolean; payload: number[] };

function forgeAll([frames, input, propose]: readonly [Forged[], FrameType, FrameType]): void {
  for (const { propose: proposes, payload } of frames)
    window.agentView.forge(proposes ? propose : input, 0, payload);
}

/** All that a hand can do to an element. */
function everything(id: number): Forged[] {
  const pointer = (phase: "down" | "up" | "move", button: number, clicks: number) =>
    encodeInput({
      kind: "pointer",
      phase,
      pointer: "mouse",
      id,
      x: 0.5,
      y: 0.5,
      button,
      modifiers: 0,
      clicks,
    });
  const key = (name: string) =>
    (["down", "up"] as const).map((phase) =>
      encodeInput({ kind: "key", phase, key: name, code: name, modifiers: 0 }),
    );
  const inputs = [
    pointer("down", 0, 1),
    pointer("up", 0, 1),
    encodeInput({ kind: "text", pasted: false, text: "typed" }),
    encodeInput({ kind: "text", pasted: true, text: "pasted" }),
    ...key("Enter"),
    ...key(" "),
    ...key("ArrowDown"),
    pointer("down", 2, 1),
    pointer("up", 2, 1),
    pointer("down", 0, 2),
    pointer("up", 0, 2),
    encodeInput({ kind: "value", id, value: "7", done: true }),
    encodeInput({ kind: "select", id, indices: [1] }),
    encodeInput({ kind: "wheel", id, x: 0.5, y: 0.5, dx: 0, dy: 120, modifiers: 0 }),
    encodeInput({ kind: "scroll", id, left: 0, top: 60 }),
  ];
  return [
    ...inputs.map((payload) => ({ propose: false, payload: [...payload] })),
    { propose: true, payload: [...encodeProposal({ kind: "value", id, value: "x" })] },
  ];
}
