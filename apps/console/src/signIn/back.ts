import { rest } from "../server.ts";
import type { Identity } from "./identity.ts";

/** Whether the company's sign-in has just led back to this page. */
export function isBack(): boolean {
  const given = new URLSearchParams(location.search);
  return given.has("state") && (given.has("code") || given.has("error"));
}

/**
 * Takes what the company's sign-in led back with. Undefined in the hidden frame in which a sign-in is renewed: the
 * desk around it is told.
 */
export async function takeBack(): Promise<Identity | undefined> {
  const [{ oidc }, { CompanySignIn }] = await Promise.all([rest.signInWays(), import("./company.ts")]);
  if (!oidc) throw new Error("this server has no such sign-in");
  const signIn = new CompanySignIn(oidc);
  if (window === window.parent) return signIn.finish();
  await signIn.finishRenewal();
  return undefined;
}
