import * as dom from "../dom.ts";
import type { DocumentMode } from "./mode.ts";
import * as Mode from "./mode.ts";

/**
 * Empty documents for the replica. Whatever the mirror puts into one, nothing runs: the sandbox forbids scripts, and
 * the
 * policy below (which stays when its element is gone) forbids them a second time, together with frames, forms and
 * plug-ins. It also says from where anything may be loaded, by whatever names it.
 * @param sources by `Loads`
 */
function policyOf(sources: string): string {
  const policy =
    `default-src 'none'; img-src ${sources} data: blob:; media-src ${sources} data: blob:; ` +
    `font-src ${sources} data:; style-src ${sources} 'unsafe-inline'; base-uri http: https:; form-action 'none'`;
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
}

/** Nobody is told who asks, and nobody is asked where the names in links are. */
const asking =
  '<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off">';

export const FRAME_SANDBOX = "allow-same-origin";

const doctypes: Record<DocumentMode, string> = {
  [Mode.quirks]: "",
  [Mode.standards]: "<!doctype html>",
  [Mode.limitedQuirks]: '<!doctype html public "-//W3C//DTD XHTML 1.0 Transitional//EN" "">',
};

/** Says of a box that it stands in for something, and why. */
export const FRAME_PLACEHOLDER = "data-copane-placeholder";

/**
 * Empties a document that scripts cannot run in and puts it into a mode.
 * @param sources undefined for a document that was emptied before: its policy stays
 */
export function writeShell(written: Document, mode: DocumentMode, sources: string | undefined): void {
  const head = sources === undefined ? asking : policyOf(sources) + asking;
  writeFromNowhere(written, `${doctypes[mode] ?? ""}<html><head>${head}</head></html>`);
  dom.close(written);
  const whole = dom.documentElement(written);
  if (whole) dom.remove(whole);
}

/**
 * A document that is written anew has the address of whoever did it, and Chromium tells that as the Referer of all that
 * styles load, whatever the document's policy is. So an empty frame beside the replica does it, which has no address:
 * its own function, called as a listener of its own.
 */
function writeFromNowhere(written: Document, html: string): void {
  const frame = dom.createElement(document, "iframe");
  dom.style(frame).display = "none";
  const outermost = outermostFrame(written);
  if (outermost) dom.after(outermost, frame);
  const view = dom.contentWindow(frame) as (Window & typeof globalThis) | null;
  if (view) {
    const own = view.Document.prototype as unknown as { write: CallableFunction };
    const write = view.Function.prototype.bind.call(own.write, written, html);
    const target = new view.EventTarget();
    target.addEventListener("write", write);
    target.dispatchEvent(new view.Event("write"));
  } else dom.write(written, html);
  dom.remove(frame);
}

/** The frame of the replica that a document stands in, with all that is between. */
function outermostFrame(inner: Document): Element | null {
  let frame = frameOf(inner);
  while (frame && dom.ownerDocument(frame) !== document) frame = frameOf(dom.ownerDocument(frame));
  return frame;
}

function frameOf(inner: Document): Element | null {
  const view = dom.defaultView(inner);
  return view && dom.frameElement(view);
}
