import { decodeFrame, encodeFrame } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import { createCapture } from "../capture/index.ts";
import { type ControlPolicy, createActor, watchDialogs } from "../control/index.ts";
import { encodeNotice } from "../control/notice.ts";
import { type AgentInputEvent, encodeInput } from "../control/wire.ts";
import { RequestedFeatures } from "../features/on-request.ts";
import { createReplica } from "../replica/index.ts";

/** Carries a payload, or a whole frame of the mirror or of feedback, to the other page of a test. */
type Send = (kind: "mirror" | "feedback" | "input" | "notice", bytes: number[]) => void;

/** The only page of a test. */
const PAGE = 1;

/** The customer's side alone: capture and actor of this page. */
export function startCustomerSide(send: Send, policy: ControlPolicy = {}) {
  const errors: string[] = [];
  const onError = (error: unknown) => errors.push(String((error as Error)?.stack ?? error));
  const capture = createCapture({
    window,
    loadFeatures: async () => ({ RequestedFeatures }),
    send: (frame) =>
      send("mirror", [...encodeFrame({ type: FrameType.mirror, page: PAGE, ...frame }, frame.payload)]),
    onWindow: (view, signal) =>
      watchDialogs(view, (notice) => send("notice", [...encodeNotice(notice)]), signal),
    onError,
  });
  const actor = createActor({
    window,
    capture,
    policy,
    onNotice: (_viewer, notice) => send("notice", [...encodeNotice(notice)]),
    onError,
  });
  capture.start();
  return {
    errors,
    /** The mirror's id of an element. */
    id: (selector: string) => capture.nearestId(document.querySelector(selector)),
    /** Performs input as if an agent had sent it. */
    input: (event: AgentInputEvent) => actor.input(1, encodeInput(event)),
    receive: (kind: string, bytes: number[]) => {
      const frame = kind === "feedback" && decodeFrame(new Uint8Array(bytes));
      if (frame) capture.feedback(1, frame);
      else actor.input(1, new Uint8Array(bytes));
    },
    stop: () => {
      actor.stop();
      capture.stop();
    },
  };
}

/** The agent's side alone: a replica that fills the page and is in control. */
export function startAgentSide(send: Send) {
  const errors: string[] = [];
  const notices: unknown[] = [];
  let ready = false;
  const replica = createReplica({
    container: document.body,
    label: "replica",
    sendFeedback: (frame) => send("feedback", [...encodeFrame(frame, frame.payload)]),
    sendInput: (payload) => send("input", [...payload]),
    sendPointer: () => {},
    onReady: () => {
      ready = true;
      replica.setControl(true);
    },
    onNotice: (notice) => notices.push(notice),
    onError: (error) => errors.push(String((error as Error)?.stack ?? error)),
  });
  return {
    errors,
    notices,
    replica,
    ready: () => ready,
    receive: (kind: string, bytes: number[]) => {
      const frame = kind === "mirror" && decodeFrame(new Uint8Array(bytes));
      if (frame) replica.receive(frame);
      else replica.notice(new Uint8Array(bytes));
    },
  };
}

const recorded =
  "pointerover pointerout pointermove pointerdown pointerup pointercancel gotpointercapture lostpointercapture mouseover mouseout mousemove mousedown mouseup click dblclick auxclick contextmenu touchstart touchmove touchend touchcancel focus blur focusin focusout keydown keypress keyup beforeinput input change submit reset dragstart drag dragenter dragleave dragover drop dragend wheel cut paste cancel close".split(
    " ",
  );

const details = [
  "detail",
  "button",
  "buttons",
  "relatedTarget",
  "clientX",
  "clientY",
  "key",
  "code",
  "location",
  "keyCode",
  "charCode",
  "repeat",
  "shiftKey",
  "ctrlKey",
  "inputType",
  "data",
  "pointerType",
  "pressure",
  "deltaY",
  "composed",
  "cancelable",
];

/** Writes down every event of this page as a page sees it, but for whether it is trusted. */
export function recordEvents(): string[] {
  const log: string[] = [];
  const name = (node: unknown) => (node as Element | null)?.id || (node as Node | null)?.nodeName;
  const note = (event: Event) => {
    const target = event.composedPath()[0];
    const parts = [event.type, name(target), event.constructor.name];
    for (const key of details) {
      const value = (event as unknown as Record<string, unknown>)[key];
      if (value === undefined || value === null || value === false) continue;
      parts.push(`${key}=${key === "relatedTarget" ? name(value) : value}`);
    }
    log.push(parts.join(" "));
  };
  for (const type of recorded) window.addEventListener(type, note, true);
  // These do not pass by the window, and browsers send them only where somebody listens.
  for (const element of document.body.querySelectorAll("*")) {
    for (const type of ["pointerenter", "pointerleave", "mouseenter", "mouseleave"]) {
      element.addEventListener(type, (event) => event.eventPhase === 2 && note(event));
    }
  }
  return log;
}

/** What both sides have, one or the other half of it unused. */
export type Side = ReturnType<typeof startCustomerSide> & ReturnType<typeof startAgentSide>;

/** Makes this page the customer's of a pair (`Pair`), with the events that it hears in `window.events`. */
async function joinCustomer(policy: ControlPolicy): Promise<void> {
  window.events = recordEvents();
  await join("customer", (send) => startCustomerSide(send, policy));
}

/** Makes this page the agent's of a pair. */
async function joinAgent(): Promise<void> {
  document.body.style.height = "100vh";
  await join("agent", startAgentSide);
}

async function join(name: string, start: (send: Send) => object): Promise<void> {
  const socket = new WebSocket(`ws://${location.host}/${name}`);
  window.traffic = { sent: 0, received: 0 };
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  window.side = start((...message) => {
    window.traffic.sent++;
    socket.send(JSON.stringify(message));
  }) as Side;
  socket.onmessage = ({ data }) => {
    window.traffic.received++;
    window.side.receive(...(JSON.parse(data) as Parameters<Side["receive"]>));
  };
}

const copaneTest = { startCustomerSide, startAgentSide, recordEvents, encodeNotice, joinCustomer, joinAgent };

declare global {
  interface Window {
    copaneTest: typeof copaneTest;
    side: Side;
    events: string[];
    traffic: { sent: number; received: number };
  }
}

Object.assign(window, { copaneTest });
