import type { Role } from "@copane/protocol";

/** Where this window keeps its place in a session, for the tab's next page. The customer's loader looks there too. */
export function seatKey(role: Role): string {
  return (role === "customer" ? "copane.session" : "copane.agent-session") + framePath();
}

/** Which window of its tab this is: each may have a session of its own, but those of one origin share a storage. */
function framePath(): string {
  let path = "";
  for (let at: Window = window; at !== at.parent; at = at.parent) {
    let index = 0;
    while (index < at.parent.length && at.parent[index] !== at) index++;
    path = `.${index}${path}`;
  }
  return path;
}
