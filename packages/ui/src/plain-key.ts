/** Input types in which keys are no text. */
const pressed = new Set([
  "button",
  "checkbox",
  "color",
  "file",
  "image",
  "radio",
  "range",
  "reset",
  "submit",
]);

/**
 * Whether a key may be a shortcut of one key alone: it belongs to no field, no open dialog and no menu, and nothing
 * has made use of it. Not with Control, Alt or Meta.
 */
export function isPlainKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return false;
  if (event.isComposing) return false;
  return !event.composedPath().some((one) => one instanceof Element && takesKeys(one));
}

function takesKeys(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !pressed.has(element.type);
  return element.matches(
    "textarea, select, iframe, dialog, [role=dialog], [role=menu], [role=listbox], [contenteditable=true], [data-keys]",
  );
}
