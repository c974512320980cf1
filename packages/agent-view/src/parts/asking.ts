import type { ControlWish, Proposal } from "@copane/client/agent";
import type { ControlLevel, GrantLevel } from "@copane/protocol";
import { fillCounted, h } from "@copane/ui";
import { button, select } from "../dom.ts";
import type { Messages } from "../locales/en/view.ts";
import type { Target } from "../targets.ts";
import { Dialog } from "./dialog.ts";
import type { Picked } from "./picker.ts";
import { shownBeside, valueControl } from "./value-field.ts";

const minutes = [5, 15, 30, 60];

interface AskingOptions {
  text: Messages;
  targets(): Target[];
  /** Lets the agent point at one; undefined when they thought better of it. */
  pick(targets: Target[], how: "point" | "point or list"): Promise<Picked>;
  request(wish: ControlWish): void;
  propose(proposal: Proposal): void;
}

/** The two dialogs in which an agent asks for something on one element: limited control, or one step. */
export class Asking {
  readonly element: HTMLElement;
  readonly #options: AskingOptions;
  readonly #limits: Dialog;
  readonly #step: Dialog;

  constructor(options: AskingOptions) {
    this.#options = options;
    this.#limits = new Dialog(options.text.limitedTitle);
    this.#step = new Dialog(options.text.suggestTitle);
    this.element = h("div", {}, this.#limits.element, this.#step.element);
  }

  /** Asks with what limits control is to be requested. */
  limits(highest: ControlLevel): void {
    const { text } = this.#options;
    const targets = this.#options.targets().filter(({ kind }) => kind !== "press");
    const levels: [GrantLevel, string][] = [["scroll", text.levelScroll]];
    if (highest === "full") levels.unshift(["full", text.levelFull]);
    const level = select(text.level, levels);
    const time = select(text.minutes, [
      ["", text.noEnd],
      ...minutes.map(
        (count) => [String(count), fillCounted(text.minutesText, { minutes: count }, text.language)] as const,
      ),
    ]);
    const where = select(text.where, [["", text.wholePage], ...optionsOf(targets)]);
    this.#open(this.#limits, text.request, [level, time, where], targets, where, () => {
      const scope = chosen(where);
      const wanted = chosen(time);
      this.#options.request({
        level: chosen(level) as GrantLevel,
        ...(scope ? { scope: Number(scope) } : {}),
        ...(wanted ? { minutes: Number(wanted) } : {}),
      });
    });
  }

  /** Lets the agent point at what a step is to be suggested for, and asks which. */
  async step(): Promise<void> {
    const { text } = this.#options;
    const targets = this.#options.targets().filter(({ kind }) => kind !== "form");
    if (targets.length === 0) {
      this.#step.open(h("p", {}, text.noElements), h("div", { class: "row end" }, this.#cancel(this.#step)));
      return;
    }
    const picked = await this.#options.pick(targets, "point or list");
    if (picked) this.#askStep(targets, picked === "list" ? undefined : picked);
  }

  #askStep(targets: Target[], picked: Target | undefined): void {
    const { text } = this.#options;
    const where = select(text.element, optionsOf(targets));
    const what = select(text.step, [
      ["click", text.stepClick],
      ["value", text.stepValue],
    ]);
    const steps = what.querySelector("select") as HTMLSelectElement;
    const valueLabel = h("label", {});
    let value: ReturnType<typeof valueControl>;
    const fit = () => {
      valueLabel.hidden = chosen(what) !== "value";
      if (value) value.disabled = valueLabel.hidden;
    };
    const aim = () => {
      value = valueControl(targets.find(({ id }) => String(id) === chosen(where))?.element);
      valueLabel.replaceChildren(...(value ? [text.value, value, shownBeside(value) ?? ""] : []));
      (steps.querySelector("option[value=value]") as HTMLOptionElement).disabled = !value;
      if (!value) steps.value = "click";
      fit();
    };
    if (picked) (where.querySelector("select") as HTMLSelectElement).value = String(picked.id);
    where.addEventListener("change", aim);
    what.addEventListener("change", fit);
    aim();
    const body = [h("p", {}, text.suggestText), where, what, valueLabel];
    this.#open(this.#step, text.suggestSend, body, targets, where, () => {
      const id = Number(chosen(where));
      this.#options.propose(
        chosen(what) === "value" && value ? { kind: "value", id, value: value.value } : { kind: "click", id },
      );
    });
  }

  #open(
    dialog: Dialog,
    label: string,
    body: HTMLElement[],
    targets: Target[],
    where: HTMLLabelElement,
    send: () => void,
  ): void {
    const { text } = this.#options;
    const submit = (event: Event) => {
      event.preventDefault();
      dialog.close();
      send();
    };
    const form = h("form", { class: "body", onsubmit: submit }, ...body);
    const point = button(text.pointAt, () => void this.#point(dialog, form, targets, where), "quiet");
    where.after(point);
    form.append(
      h(
        "div",
        { class: "row end" },
        this.#cancel(dialog),
        h("button", { type: "submit", class: "primary" }, label),
      ),
    );
    dialog.open(form);
  }

  /** The dialog steps aside while the agent points at the page. */
  async #point(dialog: Dialog, form: HTMLElement, targets: Target[], where: HTMLLabelElement): Promise<void> {
    dialog.close();
    const target = await this.#options.pick(targets, "point");
    dialog.open(form);
    const list = where.querySelector("select");
    if (!target || target === "list" || !list) return;
    list.value = String(target.id);
    where.dispatchEvent(new Event("change"));
    list.focus();
  }

  #cancel(dialog: Dialog): HTMLButtonElement {
    return button(this.#options.text.cancel, () => dialog.close());
  }
}

function optionsOf(targets: readonly Target[]): [string, string][] {
  return targets.map(({ id, label, kind }) => [String(id), kind === "form" ? `${label} (form)` : label]);
}

function chosen(label: HTMLLabelElement): string {
  return label.querySelector("select")?.value ?? "";
}
