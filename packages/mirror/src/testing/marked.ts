import type { Capture } from "../capture/index.ts";
import {
  createAgentMarks,
  createCustomerMarks,
  type DrawStyle,
  type MarkedReplica,
  type MarkSettings,
} from "../marks/index.ts";

const settings: MarkSettings = {
  enabled: true,
  drawing: false,
  style: { shape: "freehand", color: "red", width: 5, fadeMs: 0 },
  marker: false,
  markerColor: "yellow",
  textHighlight: true,
  elementHighlight: true,
  highlightColor: "yellow",
  hidden: new Set(),
  labels: { pad: "Pad", note: "Note" },
};

/** Both sides' marks in one page, for tests: the customer's over the page, the agent's over the replica. */
export function startMarks(
  host: HTMLElement,
  capture: Capture,
  replica: MarkedReplica,
  onError: (error: unknown) => void,
) {
  const layer = document.createElement("div");
  layer.id = "customer-layer";
  Object.assign(layer.style, { position: "fixed", inset: "0", pointerEvents: "none" });
  host.append(layer);
  const said: { owner: number; kind: string; name: string | undefined }[] = [];
  const counts = { customer: { own: 0, others: 0 }, agent: { own: 0, others: 0 } };
  let refused = 0;
  let left = 0;
  const wire: { to: "agent" | "customer"; payload: Uint8Array }[] = [];
  const shared = { onError, onLeave: () => left++ };
  const customer = createCustomerMarks({
    ...shared,
    window,
    layer,
    capture: () => capture,
    onChange: (now) => {
      counts.customer = now;
    },
    onPoint: (point) => said.push(point),
    send: (_viewer, payload) => {
      wire.push({ to: "agent", payload });
      agent.receive(0, payload);
    },
  });
  const agent = createAgentMarks({
    ...shared,
    replica,
    you: () => 1,
    onChange: (now) => {
      counts.agent = now;
    },
    onRefused: () => refused++,
    send: (payload) => {
      wire.push({ to: "customer", payload });
      customer.receive(1, payload);
    },
  });
  const current = { customer: settings, agent: settings };
  const engines = { customer, agent };
  const layers = { customer: layer, agent: replica.layer };
  const set = (side: "customer" | "agent", change: Partial<MarkSettings>) => {
    current[side] = { ...current[side], ...change };
    engines[side].configure(current[side]);
  };
  set("customer", {});
  set("agent", {});
  return {
    set,
    draw: (side: "customer" | "agent", style: Partial<DrawStyle>) =>
      set(side, { drawing: true, style: { ...settings.style, ...style } }),
    engines,
    wire,
    said,
    counts: () => counts,
    refused: () => refused,
    left: () => left,
    /** A frame as a forger at the agent's socket would send it. */
    forge: (payload: number[] | Uint8Array) => customer.receive(1, Uint8Array.from(payload)),
    /** What stands on a side: kind, owner, and the box of what is drawn, in the viewport's pixels. */
    seen: (side: "customer" | "agent") =>
      [...layers[side].querySelectorAll<SVGGElement>("[data-mark]")]
        .filter((group) => group.style.display !== "none")
        .map((group) => {
          const { left: x, top: y, width, height } = group.getBoundingClientRect();
          const { mark = "", owner = "" } = group.dataset;
          return { kind: mark, owner: Number(owner), x, y, width, height };
        }),
  };
}
