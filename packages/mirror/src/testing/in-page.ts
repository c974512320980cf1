import { createCapture } from "../capture/index.ts";
import { createActor } from "../control/index.ts";
import { createReplica } from "../replica/index.ts";

/** The whole engine in one page for tests: the page itself is captured, the replica stands in a corner. */
export function startMirror(policy = {}) {
  const host = document.createElement("div");
  host.id = "copane-test-host";
  Object.assign(host.style, {
    position: "fixed",
    inset: "0",
    zIndex: "2147483647",
    pointerEvents: "none",
    opacity: "0",
  });
  document.documentElement.append(host);
  const errors: string[] = [];
  const onError = (error: unknown) => errors.push(String((error as Error)?.stack ?? error));
  let frames = 0;
  let bytes = 0;
  const sent: { flags: number; payload: Uint8Array }[] = [];
  const replica = createReplica({
    container: host,
    label: "replica",
    sendFeedback: (payload) => capture.feedback(1, payload),
    sendInput: (payload) => actor.input(1, payload),
    sendPointer: (payload) => actor.pointer(1, payload),
    onError,
  });
  const capture = createCapture({
    window,
    policy,
    ignore: (element) => element === host,
    send: (flags, payload) => {
      frames++;
      bytes += payload.length;
      sent.push({ flags, payload });
      replica.receive(flags, payload);
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
  return {
    capture,
    actor,
    replica,
    errors,
    sent,
    settle,
    stats: () => ({ frames, bytes }),
    page: () => describe(document, host),
    mirror: () => describe(replica.frame.contentDocument as Document, null),
  };
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
      if (element === ignored || /^(base|script|noscript|template|title|meta)$/.test(element.localName))
        return;
      out.push(`${indent}<${element.localName}${attributes(element)}>${state(element)}`);
      if (element.shadowRoot) {
        out.push(`${indent} #shadow`);
        for (const child of element.shadowRoot.childNodes) walk(child, depth + 2);
      }
      if (element.localName === "textarea") return;
      const content = element.localName === "iframe" ? (node as HTMLIFrameElement).contentDocument : null;
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
  if (/^(input|textarea)$/.test(element.localName) && element.type !== "file") {
    parts.push(`value=${element.value}`);
    if (/^(checkbox|radio)$/.test(element.type))
      parts.push(`checked=${element.checked},${element.indeterminate}`);
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
