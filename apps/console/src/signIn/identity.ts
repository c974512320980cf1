import type { SignInWaysAnswer } from "@copane/protocol";

/** The company's OpenID Connect provider, as the server names it. */
export type Provider = NonNullable<SignInWaysAnswer["oidc"]>;

/** Who works at this desk: the token for the server, and the name that customers see. */
export interface Identity {
  token: string;
  name: string;
  /** Where the token came from, and is renewed. */
  provider?: Provider;
}

const KEY = "copane.agent";

/**
 * The identity that a portal handed over in the address (`#token=…`), else the one of all the desk's tabs. The address
 * is cleaned at once, so that the token is neither bookmarked nor read over a shoulder.
 */
export function storedIdentity(): Identity | undefined {
  const handed = new URLSearchParams(location.hash.slice(1)).get("token");
  if (handed) {
    history.replaceState(null, "", location.pathname + location.search);
    return { token: handed, name: nameIn(handed) };
  }
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? "null") as Identity | null;
    return value ?? undefined;
  } catch {
    return undefined;
  }
}

export function storeIdentity(identity: Identity | undefined): void {
  try {
    if (identity) localStorage.setItem(KEY, JSON.stringify(identity));
    else localStorage.removeItem(KEY);
  } catch {
    // Blocked storage: the sign-in lasts as long as the page.
  }
}

/** Calls back when another tab of the desk signs in or out. */
export function onStoredIdentity(changed: (identity: Identity | undefined) => void): () => void {
  const listener = ({ key }: StorageEvent) => {
    if (key === KEY || key === null) changed(storedIdentity());
  };
  window.addEventListener("storage", listener);
  return () => window.removeEventListener("storage", listener);
}

/**
 * The key of a customer's session (`#key=…`) or of a colleague's invitation (`#invite=…`), if a link with it led
 * here; the address is cleaned as for tokens.
 */
export function handedKey(name: "key" | "invite"): string {
  const key = new URLSearchParams(location.hash.slice(1)).get(name);
  if (key) history.replaceState(null, "", location.pathname + location.search);
  return key ?? "";
}

/** When a token ends, in milliseconds since 1970; never, where it does not say. */
export function expiresAt(token: string): number {
  const { exp } = payloadOf(token);
  return typeof exp === "number" ? exp * 1_000 : Number.POSITIVE_INFINITY;
}

/** Whether the token says that its owner may watch over sessions; the server decides by itself. */
export function isSupervisor({ token }: Identity): boolean {
  const { role } = payloadOf(token);
  return (Array.isArray(role) ? role : [role]).some((one) => one === "supervisor" || one === "admin");
}

/** The name a token carries, for display only: the server is who believes it or not. */
export function nameIn(token: string): string {
  const { name, sub } = payloadOf(token);
  return (typeof name === "string" && name) || (typeof sub === "string" && sub) || "Agent";
}

function payloadOf(token: string): Record<string, unknown> {
  try {
    const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(payload), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
