import { CopaneError } from "@copane/protocol";

/*
 * What this side finds by itself. Numbers and names are those of the catalogue, which stays out of the customer's
 * script: it is longer than all that a browser needs of it.
 */

/** No answer came, or none that says more. */
export function unanswered(message: string, cause?: unknown): CopaneError {
  return new CopaneError({ code: 5001, name: "INTERNAL", message }, undefined, cause);
}

/** The server is there, and does not let pages of this origin ask it. */
export function originNotAllowed(cause?: unknown): CopaneError {
  const message = "This origin is not in the server's list of allowed origins (COPANE_ALLOWED_ORIGINS).";
  return new CopaneError({ code: 2006, name: "ORIGIN_NOT_ALLOWED", message }, 403, cause);
}

/** What the page must hide cannot be found in it, so nothing is shared. */
export function privacyUnusable(cause?: unknown): CopaneError {
  const message =
    "Nothing is shared: a selector that says what this page must hide is not valid. Tell the site.";
  return new CopaneError({ code: 3103, name: "PRIVACY_UNUSABLE", message }, undefined, cause);
}

/** The engine failed and was not to be begun anew, so nothing is shared. */
export function mirrorFailed(cause?: unknown): CopaneError {
  const message =
    "Nothing is shared: the page could not be mirrored. When it is reloaded, this is tried again.";
  return new CopaneError({ code: 3104, name: "MIRROR_FAILED", message }, undefined, cause);
}

/** A script that is fetched on request did not come. */
export function partMissing(cause?: unknown): CopaneError {
  const message =
    "A script of the shared page did not load: control, drawing or chat do not work there. Try again.";
  return new CopaneError({ code: 3105, name: "PART_MISSING", message }, undefined, cause);
}

/** Nothing can be asked before there is a session. */
export function notJoined(): CopaneError {
  const message = "This participant has not joined the session yet.";
  return new CopaneError({ code: 3016, name: "NOT_JOINED", message });
}

/** Whether the rules of the session refused a command: then it was not done, and will not be as things stand. */
export function isRefusal({ code }: CopaneError): boolean {
  return code >= 3000 && code < 4000;
}
