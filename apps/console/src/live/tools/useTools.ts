import type { AgentSession, Marks } from "@copane/client/agent";
import { useState } from "react";
import { toolKeys } from "../shortcuts.ts";

const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4];

export type Shape = NonNullable<Parameters<Marks["startDrawing"]>[0]>["shape"] & string;

/** Tools that draw, by their names on the screen. */
export const shapes = {
  freehand: "freehand",
  rectangle: "rectangle",
  circle: "circle",
  arrow: "arrow",
  note: "text",
  laser: "laser",
} as const satisfies Record<string, Shape>;

/** How this agent looks at the page, and how to change it; the customer sees none of it. */
export function useView(session: AgentSession) {
  const [view, setView] = useState(session.view);
  const change = (next: Partial<AgentSession["view"]>) => {
    session.setView(next);
    setView(session.view);
  };
  const step = (larger: boolean) => {
    const { scale } = session;
    const zoom = larger
      ? steps.find((one) => one > scale + 0.01)
      : steps.findLast((one) => one < scale - 0.01);
    if (zoom !== undefined) change({ zoom });
  };
  return { view, change, step };
}

/** Does what a key of the tools does. Gives whether it is one. */
export function useToolKey({ marks }: AgentSession, { change, step }: ReturnType<typeof useView>) {
  return (key: string): boolean => {
    // On many keyboards plus is a shifted equals sign.
    const meant = key === "=" ? toolKeys.zoomIn : key.toUpperCase();
    const [name] = Object.entries(toolKeys).find(([, one]) => one === meant) ?? [];
    if (name === undefined) return false;
    const act = acts[name as keyof typeof acts];
    act(marks, { change, step });
    return true;
  };
}

type View = Pick<ReturnType<typeof useView>, "change" | "step">;

const drawing =
  (shape: Shape) =>
  (marks: Marks): void => {
    if (!marks.settings.enabled) return;
    marks.disableMarker();
    marks.startDrawing({ shape });
  };

/** What each tool does. */
export const acts: Record<keyof typeof toolKeys, (marks: Marks, view: View) => void> = {
  point: (marks) => {
    marks.stopDrawing();
    marks.disableMarker();
  },
  freehand: drawing("freehand"),
  rectangle: drawing("rectangle"),
  circle: drawing("circle"),
  arrow: drawing("arrow"),
  note: drawing("text"),
  laser: drawing("laser"),
  marker: (marks) => {
    if (!marks.settings.enabled) return;
    marks.stopDrawing();
    marks.enableMarker();
  },
  undo: (marks) => marks.undo(),
  clearOwn: (marks) => marks.clearOwn(),
  zoomOut: (_, { step }) => step(false),
  zoomIn: (_, { step }) => step(true),
  fit: (_, { change }) => change({ zoom: "fit" }),
  actualSize: (_, { change }) => change({ zoom: 1 }),
};
