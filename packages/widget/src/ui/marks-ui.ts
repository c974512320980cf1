import type { CustomerSession } from "@copane/client/customer";
import { nameOf } from "@copane/protocol";
import { fill, h } from "@copane/ui";
import { marks as english, type MarkMessages } from "../locales/en/marks.ts";
import type { Messages } from "../locales/messages.ts";
import { MarksBar } from "./marks-bar.ts";

export interface MarksUi {
  destroy(): void;
}

/** The customer's drawing tools, and what is read out when an agent points at something. */
export function createMarksUi(options: {
  /** Carries the widget's variables and takes our elements. */
  place: HTMLElement;
  session: CustomerSession;
  text: Messages;
}): MarksUi {
  const { place, session } = options;
  const text = { ...english, ...options.text.marks };
  const announce = h("div", { class: "announce", "aria-live": "polite", "data-pointed": true });
  const bar = new MarksBar(session.marks, text);
  place.append(bar.element, announce);
  session.marks.setLabels({ pad: text.pad, note: text.note });
  const offs = [
    session.marks.on("settings", () => bar.render()),
    session.marks.on("count", (count) => bar.count(count)),
    session.marks.on("point", ({ owner, kind, name }) => {
      announce.textContent = sentence(text, nameOf(session.session, owner), kind, name);
    }),
  ];
  bar.render();
  return {
    destroy: () => {
      for (const off of offs) off();
      bar.element.remove();
      announce.remove();
    },
  };
}

/** What somebody who does not see it is told; protected things have no name here. */
function sentence(text: MarkMessages, name: string, kind: string, thing: string | undefined): string {
  const what = thing === undefined ? text.protected : thing || text.somewhere;
  if (kind === "element" || kind === "selection") return fill(text[kind], { name, what });
  return fill(kind === "marker" ? text.marked : text.drawn, { name, what });
}
