import { getter } from "./native.ts";
import { tagGetter, tagMethod, tagSetter } from "./tags.ts";

/** What form controls, their parts and their forms have, of the names that the DOM gives it. */
export const value = /* @__PURE__ */ tagGetter("value", "input", "textarea", "select", "option", "button");
/** As `value`, of what is known to be one: to read many at once. */
export const inputValue = /* @__PURE__ */ getter("HTMLInputElement", "value");
export const textAreaValue = /* @__PURE__ */ getter("HTMLTextAreaElement", "value");
export const setValue = /* @__PURE__ */ tagSetter("value", "input", "textarea", "select");
export const type = /* @__PURE__ */ tagGetter(
  "type",
  "input",
  "textarea",
  "select",
  "button",
  "object",
  "embed",
);
export const setType = /* @__PURE__ */ tagSetter("type", "input", "button");
export const fieldName = /* @__PURE__ */ tagGetter("name", "input");
export const labels = /* @__PURE__ */ tagGetter("labels", "input", "textarea", "select", "button");
export const form = /* @__PURE__ */ tagGetter("form", "input", "textarea", "select", "button");
const canBeDisabled = ["input", "textarea", "select", "button", "option", "link"] as const;
export const disabled = /* @__PURE__ */ tagGetter("disabled", ...canBeDisabled);
export const setDisabled = /* @__PURE__ */ tagSetter("disabled", ...canBeDisabled);
export const readOnly = /* @__PURE__ */ tagGetter("readOnly", "input", "textarea");
export const checked = /* @__PURE__ */ tagGetter("checked", "input");
export const setChecked = /* @__PURE__ */ tagSetter("checked", "input");
export const indeterminate = /* @__PURE__ */ tagGetter("indeterminate", "input");
export const setIndeterminate = /* @__PURE__ */ tagSetter("indeterminate", "input");
export const list = /* @__PURE__ */ tagGetter("list", "input");
export const min = /* @__PURE__ */ tagGetter("min", "input");
export const max = /* @__PURE__ */ tagGetter("max", "input");
export const maxLength = /* @__PURE__ */ tagGetter("maxLength", "input", "textarea");
export const setMaxLength = /* @__PURE__ */ tagSetter("maxLength", "input", "textarea");
export const validity = /* @__PURE__ */ tagGetter("validity", "input", "textarea", "select");
export const setCustomValidity = /* @__PURE__ */ tagMethod(
  "setCustomValidity",
  "input",
  "textarea",
  "select",
);
export const stepUp = /* @__PURE__ */ tagMethod("stepUp", "input");
export const stepDown = /* @__PURE__ */ tagMethod("stepDown", "input");
export const showPicker = /* @__PURE__ */ tagMethod("showPicker", "input", "select");

export const selectionStart = /* @__PURE__ */ tagGetter("selectionStart", "input", "textarea");
export const selectionEnd = /* @__PURE__ */ tagGetter("selectionEnd", "input", "textarea");
export const selectionDirection = /* @__PURE__ */ tagGetter("selectionDirection", "input", "textarea");
export const setSelectionRange = /* @__PURE__ */ tagMethod("setSelectionRange", "input", "textarea");
export const select = /* @__PURE__ */ tagMethod("select", "input", "textarea");

export const multiple = /* @__PURE__ */ tagGetter("multiple", "select");
export const size = /* @__PURE__ */ tagGetter("size", "select");
export const options = /* @__PURE__ */ tagGetter("options", "select", "datalist");
export const selectedOptions = /* @__PURE__ */ tagGetter("selectedOptions", "select");
export const selectedIndex = /* @__PURE__ */ tagGetter("selectedIndex", "select");
export const setSelectedIndex = /* @__PURE__ */ tagSetter("selectedIndex", "select");
export const selected = /* @__PURE__ */ tagGetter("selected", "option");
export const setSelected = /* @__PURE__ */ tagSetter("selected", "option");
export const index = /* @__PURE__ */ tagGetter("index", "option");
export const label = /* @__PURE__ */ tagGetter("label", "option");

export const control = /* @__PURE__ */ tagGetter("control", "label");
export const elements = /* @__PURE__ */ tagGetter("elements", "form", "fieldset");
export const popoverTargetElement = /* @__PURE__ */ tagGetter("popoverTargetElement", "button", "input");
/** Younger than the types of the DOM that TypeScript 5.9 has. */
export const commandForElement = /* @__PURE__ */ tagGetter(
  "commandForElement" as "popoverTargetElement",
  "button",
);
export const requestSubmit = /* @__PURE__ */ tagMethod("requestSubmit", "form");
