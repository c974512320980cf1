import { h } from "@copane/ui";

/** Inputs whose value is picked or bounded: the agent gets one of the same kind, with the same limits. */
const shaped = new Set(["date", "time", "month", "week", "datetime-local", "color", "range", "number"]);
/** Inputs that are pressed: a click can be suggested, but no value. */
const pressed = new Set(["checkbox", "radio", "file"]);

type Control = HTMLInputElement | HTMLSelectElement;

/** A control in which a value for a field of the page is chosen; undefined for what takes none. */
export function valueControl(field: Element | undefined): Control | undefined {
  if (!field?.matches("input,select,textarea")) return undefined;
  if (field.localName === "select") return list(field as HTMLSelectElement);
  const { type, value } = field as HTMLInputElement;
  if (pressed.has(type)) return undefined;
  const control = h("input", { maxlength: "1000", autocomplete: "off", name: "value" }) as HTMLInputElement;
  control.required = true;
  if (!shaped.has(type)) return control;
  control.type = type;
  for (const name of ["min", "max", "step"]) {
    const limit = field.getAttribute(name);
    if (limit !== null) control.setAttribute(name, limit);
  }
  control.value = value;
  return control;
}

/** What is seen beside a control whose value it does not show itself. */
export function shownBeside(control: Control): HTMLElement | undefined {
  if (control.type !== "range") return undefined;
  const output = h("output", {}, control.value);
  control.addEventListener("input", () => {
    output.textContent = control.value;
  });
  return output;
}

function list(field: HTMLSelectElement): HTMLSelectElement {
  const control = h("select", { name: "value" }) as HTMLSelectElement;
  for (const option of field.options) if (!option.disabled) control.append(new Option(option.label));
  return control;
}
