import { useEffect, useState } from "react";

/** Views of the administration, each with an address: `#/admin/history/<id>`. */
export const views = ["live", "history", "reports", "policy"] as const;
export type View = (typeof views)[number];

export interface AdminRoute {
  view: View;
  /** The session that is looked at. */
  id?: string;
}

const PREFIX = "#/admin";

/** Who wants to be asked before another view is shown; true keeps this one. */
let hold: ((event: HashChangeEvent) => boolean) | undefined;

/** Has every change of view asked for, until it is let go. */
export function holdRoute(ask: (event: HashChangeEvent) => boolean): () => void {
  hold = ask;
  return () => {
    if (hold === ask) hold = undefined;
  };
}

/** The view that the address names; undefined outside of the administration. Follows the address. */
export function useAdminRoute(): AdminRoute | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (event: HashChangeEvent) => {
      if (!hold?.(event)) setHash(location.hash);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return parse(hash);
}

export function addressOf(view: View, id?: string): string {
  return `${PREFIX}/${view}${id ? `/${encodeURIComponent(id)}` : ""}`;
}

function parse(hash: string): AdminRoute | undefined {
  if (hash !== PREFIX && !hash.startsWith(`${PREFIX}/`)) return undefined;
  const [view, id] = hash.slice(PREFIX.length + 1).split("/");
  const known = views.find((one) => one === view) ?? "live";
  return id ? { view: known, id: decodeURIComponent(id) } : { view: known };
}
