import type { Role } from "@copane/protocol";

/** Where this window keeps its place in a session, for the tab's next page. The customer's loader looks there too. */
export function seatKey(role: Role): string {
  return (role === "customer" ? "copane.session" : "copane.agent-session") + (framePath() ?? "");
}

/**
 * Which window of its tab this is: each may have a session of its own, but those of one origin share a storage. It is
 * looked for from the top: a page may have a variable `parent`.
 */
function framePath(from: Window = top ?? window): string | undefined {
  if (from === window) return "";
  for (let index = 0; index < from.length; index++) {
    const path = framePath(from[index]);
    if (path !== undefined) return `.${index}${path}`;
  }
  return undefined;
}
