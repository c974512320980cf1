import { Modifier } from "./wire.ts";

/** The held keys as this platform has them: shortcuts are with Command on a Mac, with Control elsewhere. */
export function heldKeys(modifiers: number): EventModifierInit {
  const control = (modifiers & Modifier.control) !== 0;
  const meta = (modifiers & Modifier.meta) !== 0;
  const mac = /^(Mac|iP)/.test(navigator.platform);
  return {
    shiftKey: (modifiers & Modifier.shift) !== 0,
    altKey: (modifiers & Modifier.alt) !== 0,
    ctrlKey: mac ? meta : control,
    metaKey: mac ? control : meta,
  };
}
