/**
 * Whether a key event is the shortcut, written as in `aria-keyshortcuts` (`Control+Shift+F4`), in any order and
 * case. Both sides must name the same modifiers.
 */
export function isShortcut(
  { key, ctrlKey, altKey, shiftKey, metaKey }: Pick<KeyboardEvent, "key" | `${Modifier}Key`>,
  shortcut: string,
): boolean {
  const pressed = [ctrlKey && "control", altKey && "alt", shiftKey && "shift", metaKey && "meta", key];
  return sorted(pressed.filter((part) => typeof part === "string")) === sorted(shortcut.split("+"));
}

type Modifier = "ctrl" | "alt" | "shift" | "meta";

function sorted(parts: string[]): string {
  return parts
    .map((part) => part.toLowerCase())
    .sort()
    .join("+");
}
