import { expect, test } from "vitest";
import { isShortcut } from "./shortcut.ts";

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };

test("a shortcut is its key with its modifiers, in any order and case, and no others", () => {
  const pressed = { ...none, key: "F4", shiftKey: true };
  expect(isShortcut(pressed, "Shift+F4")).toBe(true);
  expect(isShortcut(pressed, "f4+SHIFT")).toBe(true);
  expect(isShortcut({ ...pressed, ctrlKey: true }, "Shift+F4")).toBe(false);
  expect(isShortcut({ ...none, key: "F4" }, "Shift+F4")).toBe(false);
  expect(isShortcut({ ...pressed, key: "F5" }, "Shift+F4")).toBe(false);
});

test("an empty shortcut is no key at all", () => {
  for (const key of ["F4", "Escape", "a"]) expect(isShortcut({ ...none, key }, "")).toBe(false);
});
