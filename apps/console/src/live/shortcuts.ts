import { isPlainKey } from "@copane/ui";
import { useEffect, useState } from "react";

const KEY = "copane.shortcuts";

/** Single keys as shortcuts can be turned off: who speaks to the computer, or hits keys by accident, needs that. */
export function useShortcutsWish(): [on: boolean, change: (on: boolean) => void] {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(KEY) !== "off";
    } catch {
      return true;
    }
  });
  return [
    on,
    (next) => {
      setOn(next);
      try {
        localStorage.setItem(KEY, next ? "on" : "off");
      } catch {
        // Blocked storage: it holds as long as the page.
      }
    },
  ];
}

/**
 * Runs what belongs to a key. A `?` is always taken, so that whoever turned the keys off finds them again.
 * @param run gives whether the key did something
 */
export function useKeys(on: boolean, run: (key: string) => boolean): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((on || event.key === "?") && isPlainKey(event) && run(event.key)) event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [on, run]);
}

/** The keys of the desk's tools; those of the view are its own. */
export const toolKeys = {
  point: "V",
  freehand: "D",
  rectangle: "R",
  circle: "O",
  arrow: "A",
  note: "N",
  laser: "L",
  marker: "T",
  undo: "Z",
  clearOwn: "X",
  zoomOut: "-",
  zoomIn: "+",
  fit: "0",
  actualSize: "1",
} as const;

export const deskKeys = { home: "H", nextSession: "]", previousSession: "[" } as const;

/** A tooltip's words with the key that does the same. */
export function withKey(label: string, key: string | undefined): string {
  return key ? `${label} (${key})` : label;
}
