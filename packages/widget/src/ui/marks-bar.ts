import type { Marks } from "@copane/client/customer";
import * as dom from "@copane/mirror/dom";
import { h } from "@copane/ui";
import type { MarkMessages } from "../locales/en/marks.ts";

const SVG = "http://www.w3.org/2000/svg";

const icons = {
  freehand: "M4 20l1-4L16 5l3 3L8 19z",
  rectangle: "M4 6h16v12H4z",
  circle: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16z",
  arrow: "M5 19L19 5M10 5h9v9",
  text: "M5 7V4h14v3M12 4v16M9 20h6",
  laser: "M12 2v4M12 18v4M2 12h4M18 12h4M12 10a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
  marker: "M4 20h16M8 16H5l1-4 8-8 5 5-7 7zM11 7l5 5",
  fades: "M12 4a8 8 0 1 0 8 8M12 8v4l3 2",
  shown: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
  hidden: "M3 3l18 18M10 6a10 10 0 0 1 12 6 14 14 0 0 1-3 4M6 7a14 14 0 0 0-4 5s4 7 10 7a9 9 0 0 0 4-1",
} as const;

const shapes = ["freehand", "rectangle", "circle", "arrow", "text", "laser"] as const;
const colors = ["red", "yellow", "green", "blue"] as const;
const strokes = [
  [2, "thin"],
  [5, "medium"],
  [10, "thick"],
] as const;

/** What the customer draws fades after this time, if it is set to. */
const FADE_MS = 5_000;

/** The customer's drawing tools: one line at the top of the page, there from the first stroke to "Done". */
export class MarksBar {
  readonly element: HTMLElement;
  readonly #marks: Marks;
  readonly #text: MarkMessages;
  #own = 0;
  #open = false;
  #drew = false;

  constructor(marks: Marks, text: MarkMessages) {
    this.#marks = marks;
    this.#text = text;
    this.element = h("div", { class: "bar", role: "group", "aria-label": text.tools, hidden: true });
    this.element.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.#close();
    });
  }

  count({ own }: { own: number }): void {
    if (own === this.#own) return;
    this.#own = own;
    this.render();
  }

  render(): void {
    const { drawing, marker, enabled } = this.#marks.settings;
    if (drawing || marker) this.#open = true;
    this.element.hidden = !this.#open || !enabled;
    if (this.element.hidden) return;
    const { activeElement } = this.element.getRootNode() as ShadowRoot;
    const focused = activeElement?.closest(".bar") ? activeElement.getAttribute("data-tool") : null;
    this.element.replaceChildren(...this.#tools());
    // Escape on the drawing surface leads back to the tools.
    const again = this.#drew && !drawing ? (focused ?? "freehand") : focused;
    this.#drew = drawing;
    if (again) this.element.querySelector<HTMLElement>(`[data-tool=${again}]`)?.focus();
  }

  #tools(): HTMLElement[] {
    const marks = this.#marks;
    const text = this.#text;
    const { drawing, marker, style, markerColor } = marks.settings;
    const color = marker ? markerColor : style.color;
    return [
      ...shapes.map((shape) =>
        tool(shape, text[shape], icons[shape], drawing && style.shape === shape, () => {
          marks.disableMarker();
          marks.startDrawing({ shape });
        }),
      ),
      tool("marker", text.marker, icons.marker, marker, () => {
        marks.stopDrawing();
        marks.enableMarker();
      }),
      rule(),
      ...colors.map((one) => {
        const use = () => (marker ? marks.setMarkerColor(one) : marks.setStyle({ color: one }));
        const swatch = tool(one, `${text.color}: ${text[one]}`, "", color === one, use);
        swatch.classList.add("swatch");
        swatch.style.setProperty("--swatch", one);
        return swatch;
      }),
      this.#stroke(),
      tool("fades", text.fades, icons.fades, style.fadeMs > 0, () =>
        marks.setStyle({ fadeMs: style.fadeMs > 0 ? 0 : FADE_MS }),
      ),
      rule(),
      this.#hide("agent", text.agents),
      this.#hide("customer", text.mine),
      word("undo", text.undo, () => marks.undo(), this.#own === 0),
      word("clear", text.clear, () => marks.clearOwn(), this.#own === 0),
      word("done", text.close, () => this.#close()),
    ];
  }

  #stroke(): HTMLElement {
    const marks = this.#marks;
    return h(
      "select",
      {
        "aria-label": this.#text.stroke,
        "data-tool": "stroke",
        onchange: (event) => marks.setStyle({ width: Number((event.target as HTMLSelectElement).value) }),
      },
      ...strokes.map(([width, name]) =>
        h("option", { value: String(width), selected: width === marks.style.width }, this.#text[name]),
      ),
    );
  }

  #hide(side: "agent" | "customer", label: string): HTMLElement {
    const hidden = this.#marks.isHidden(side);
    const icon = hidden ? icons.hidden : icons.shown;
    const name = `${this.#text.hide}: ${label}`;
    const button = tool(`hide-${side}`, name, icon, hidden, () => this.#marks.setHidden(side, !hidden));
    button.classList.add("worded");
    button.append(label);
    return button;
  }

  #close(): void {
    this.#open = false;
    this.#drew = false;
    this.#marks.stopDrawing();
    this.#marks.disableMarker();
    this.render();
  }
}

/** A button that stays pressed while what it stands for is on. */
function tool(id: string, label: string, icon: string, pressed: boolean, use: () => void): HTMLElement {
  const svg = dom.createElementNS(document, SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = dom.createElementNS(document, SVG, "path");
  path.setAttribute("d", icon);
  svg.append(path);
  return h(
    "button",
    {
      type: "button",
      class: "tool",
      title: label,
      "aria-label": label,
      "aria-pressed": String(pressed),
      "data-tool": id,
      onclick: use,
    },
    svg,
  );
}

function word(id: string, label: string, use: () => void, disabled = false): HTMLElement {
  return h("button", { type: "button", class: "word", "data-tool": id, disabled, onclick: use }, label);
}

function rule(): HTMLElement {
  return h("span", { class: "rule" });
}
