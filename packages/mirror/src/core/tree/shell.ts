import * as dom from "../dom.ts";

/**
 * Empty documents for the replica. Whatever the mirror puts into one, nothing runs: the sandbox forbids
 * scripts, and the policy below (which stays when its element is gone) forbids them a second time,
 * together with frames, forms and plug-ins.
 */
const policy =
  "default-src 'none'; img-src http: https: data: blob:; media-src http: https: data: blob:; " +
  "font-src http: https: data:; style-src http: https: data: blob: 'unsafe-inline'; base-uri http: https:; form-action 'none'";

export const FRAME_SANDBOX = "allow-same-origin";

/** Says of a box that it stands in for something, and why. */
export const FRAME_PLACEHOLDER = "data-copane-placeholder";

/** Empties a document that scripts cannot run in and puts it into standards or quirks mode. */
export function writeShell(document: Document, standards: boolean): void {
  dom.open(document);
  dom.write(
    document,
    `${standards ? "<!doctype html>" : ""}<html><head><meta http-equiv="Content-Security-Policy" content="${policy}">` +
      '<meta name="referrer" content="no-referrer"></head></html>',
  );
  dom.close(document);
  dom.remove(dom.documentElement(document));
}
