import { FrameFlag, type MirrorFrame } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import { createCapture } from "../capture/index.ts";
import { createActor } from "../control/index.ts";
import { Bounds } from "../core/bounds.ts";
import { inflate } from "../core/compress/alone.ts";
import { Unpacker } from "../core/compress/unpacker.ts";
import type { FeedbackFrame } from "../core/flow/feedback.ts";
import * as Feedback from "../core/flow/feedback.ts";
import { Loads, publicLoads } from "../core/tree/loads.ts";
import { AssetStore } from "../features/assets/asset-store.ts";
import { FontStore } from "../features/fonts/font-store.ts";
import { FontsReplica } from "../features/fonts/replica.ts";
import { RequestedFeatures } from "../features/on-request.ts";
import { TextStore } from "../features/style-texts/text-store.ts";
import { createReplica } from "../replica/index.ts";
import { ReplicaPage } from "../replica/page.ts";
import { startMarks } from "./marked.ts";
import { play, SECRET } from "./play.ts";
import type { Step } from "./steps.ts";

/** A frame as it left, and its payload before it was compressed. */
interface SentFrame extends MirrorFrame {
  written: Promise<Uint8Array>;
}

/** The only page of a test. */
const PAGE = 1;

/** The whole engine in one page for tests: the page itself is captured, the replica stands in a corner. */
export function startMirror(policy = {}, { elsewhere = false, rare = Promise.resolve() } = {}) {
  // Ids of marks begin anywhere; tests of forged frames have to name them.
  Object.assign(crypto, { getRandomValues: (array: Uint32Array) => array });
  const host = document.createElement("div");
  host.id = "copane-test-host";
  Object.assign(host.style, {
    position: "fixed",
    inset: "0",
    zIndex: "2147483647",
    pointerEvents: "none",
    opacity: "0",
  });
  // A page that throws itself away would take the replica along.
  const place = elsewhere ? (window.open("about:blank") as Window).document : document;
  place.documentElement.append(host);
  const errors: string[] = [];
  const onError = (error: unknown) => errors.push(String((error as Error)?.stack ?? error));
  let fidelity = { compared: 0, repaired: 0 };
  let checks = 0;
  let frames = 0;
  let bytes = 0;
  const sent: SentFrame[] = [];
  let unpacker = new Unpacker();
  let unpackedBefore: Promise<unknown> | undefined;
  const replica = createReplica({
    container: host,
    label: "replica",
    loads: { from: "public", allow: ["*.test"] },
    sendFeedback: (frame) => {
      if (frame.type === FrameType.feedback && frame.payload[0] === Feedback.check) checks++;
      capture.feedback(1, frame);
    },
    sendInput: (payload) => actor.input(1, payload),
    sendPointer: () => {},
    onFidelity: (now) => {
      fidelity = now;
    },
    onError,
  });
  const unpacked = async ({ flags, payload }: MirrorFrame, before = unpackedBefore) => {
    if (flags & FrameFlag.keyframe) unpacker = new Unpacker();
    const ofEpoch = unpacker;
    const whole = flags & FrameFlag.compressed ? await inflate(payload, Number.POSITIVE_INFINITY) : payload;
    await before;
    return ofEpoch.unpack(flags, whole);
  };
  const capture = createCapture({
    window,
    loadFeatures: async () => {
      await rare;
      return { RequestedFeatures };
    },
    policy,
    ignore: (element) => element === host,
    send: (captured) => {
      const frame = { page: PAGE, ...captured };
      frames++;
      bytes += frame.payload.length;
      const written = unpacked(frame);
      unpackedBefore = written;
      sent.push({ ...frame, written });
      replica.receive(frame);
    },
    onError,
  });
  const actor = createActor({ window, capture, onError });
  capture.start();
  /** Waits until nothing was sent for a while. */
  const settle = async () => {
    for (let last = -1; last !== frames; ) {
      last = frames;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  /** Waits until a few turns in a row sent nothing; an event makes capture compare what it only looks at. */
  const quiet = async () => {
    for (let calm = 0, last = frames; calm < 3; ) {
      document.dispatchEvent(new Event("input"));
      await new Promise((resolve) => setTimeout(resolve, 8));
      calm = frames === last ? calm + 1 : 0;
      last = frames;
    }
  };
  const stage = document.createElement("div");
  const start =
    "<ul><li>a<li>b<b>c</b></ul><form><input><input type=checkbox><select><option>1<option>2</select><textarea></textarea></form>" +
    "<x-card>slotted</x-card><style>.a{color:red}</style><table><tbody><tr><td>1<td>2</table><iframe></iframe>tail";
  /** Plays steps in an empty part of the page; both sides of that part as text. */
  const fuzz = async (steps: Step[], secret = false) => {
    document.body.append(stage);
    stage.innerHTML = start;
    document.adoptedStyleSheets = [];
    stage.className = secret ? "avcobrowse-mask" : "";
    errors.length = 0;
    await quiet();
    sent.length = 0;
    await play(stage, steps, { wait: quiet, resync: () => capture.resync(), secret });
    await quiet();
    // Frames that are being inflated, and an epoch that waits for its turn.
    for (let i = 0; i < 200 && describe(document, host) !== describe(shown(), null); i++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return { page: describe(document, host), mirror: describe(shown(), null), errors: [...errors] };
  };
  /** The payloads that were sent, from the given number on, inflated and read as text. */
  const sentTexts = (from = 0) =>
    Promise.all(sent.slice(from).map(async ({ written }) => new TextDecoder().decode(await written)));
  /** Frames since the last `fuzz` in which the secret stands. */
  const leaks = async () => (await sentTexts()).filter((text) => text.includes(SECRET)).length;
  const shown = () => replica.frame.contentDocument as Document;
  return {
    fuzz,
    leaks,
    fidelity: () => fidelity,
    checks: () => checks,
    capture,
    asksForAssets: ({ type, payload }: FeedbackFrame) =>
      type === FrameType.feedback && payload[0] === Feedback.assets,
    feedback: (viewer: number, payload: Uint8Array) =>
      capture.feedback(viewer, { type: FrameType.feedback, page: PAGE, epoch: 0, seq: 0, payload }),
    actor,
    replica,
    errors,
    sent,
    sentTexts,
    settle,
    marks: () => startMarks(host, capture, replica.marked, onError),
    stats: () => ({ frames, bytes }),
    handled,
    page: () => describe(document, host),
    mirror: () => describe(shown(), null),
  };
}

/** Numbers of the operations that a page of the replica handles. */
function handled(): number[] {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const page = new ReplicaPage({
    document: frame.contentDocument as Document,
    bounds: new Bounds(),
    loads: new Loads(publicLoads),
    depth: 0,
    assets: new AssetStore(),
    texts: new TextStore(),
    fonts: new FontsReplica(() => {}, new FontStore()),
    following: true,
    openSubframe: () => ({ receive() {}, setFollowing() {}, destroy() {} }),
    events: {
      page() {},
      viewport() {},
      sight() {},
      cursor() {},
      ready() {},
      fidelity() {},
      feedback() {},
      lost() {},
    },
  });
  page.destroy();
  frame.remove();
  return page.handlers.map(([operation]) => operation);
}

/**
 * A document as text, without what is not mirrored: comments, scripts, heads of ours. Form state and scroll
 * are part of it; `value` attributes are not, since they are mirrored as properties.
 */
function describe(root: Node, ignored: Element | null): string {
  const out: string[] = [];
  const walk = (node: Node, depth: number): void => {
    const indent = " ".repeat(depth);
    if (node.nodeType === 3) out.push(`${indent}${JSON.stringify((node as Text).data)}`);
    if (node.nodeType === 1) {
      const element = node as HTMLInputElement;
      if (element === ignored || element.hasAttribute("data-copane-own")) return;
      if (/^(base|script|noscript|template|title|meta)$/.test(element.localName)) return;
      out.push(`${indent}<${element.localName}${attributes(element)}>${state(element)}`);
      if (element.shadowRoot) {
        out.push(`${indent} #shadow`);
        for (const child of element.shadowRoot.childNodes) walk(child, depth + 2);
      }
      if (element.localName === "style")
        out.push(`${indent} ${rulesOf(element as unknown as HTMLStyleElement)}`);
      if (element.localName === "textarea") return;
      const content = /^i?frame$/.test(element.localName)
        ? (node as HTMLIFrameElement).contentDocument
        : null;
      if (content) {
        walk(content, depth + 1);
        return;
      }
    }
    for (const child of node.childNodes) walk(child, depth + 1);
  };
  walk(root, 0);
  return out.join("\n");
}

function rulesOf({ sheet }: HTMLStyleElement): string {
  return [...(sheet?.cssRules ?? [])].map(({ cssText }) => cssText.replace(/\s+/g, " ")).join(" | ");
}

function attributes(element: Element): string {
  const skip = /^(on.*|value|checked|selected|src|srcdoc|sandbox|data-copane-.*|autofocus)$/;
  return [...element.attributes]
    .filter(({ name }) => !skip.test(name))
    .map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`)
    .sort()
    .join("");
}

function state(element: HTMLInputElement): string {
  const parts: string[] = [];
  if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") return "";
  if (/^(input|textarea)$/.test(element.localName) && element.type !== "file") {
    if (!/^(checkbox|radio)$/.test(element.type)) parts.push(`value=${element.value}`);
    else parts.push(`checked=${element.checked},${element.indeterminate}`);
  }
  if (element.localName === "select") {
    parts.push(
      `selected=${[...(element as unknown as HTMLSelectElement).selectedOptions].map((o) => o.index)}`,
    );
  }
  if (element.scrollTop || element.scrollLeft)
    parts.push(`scroll=${element.scrollLeft},${element.scrollTop}`);
  return parts.length ? ` {${parts.join(" ")}}` : "";
}

Object.assign(window, { startMirror });
