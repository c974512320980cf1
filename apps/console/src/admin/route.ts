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

/** The view that the address names; undefined outside of the administration. Follows the address. */
export function useAdminRoute(): AdminRoute | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
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
