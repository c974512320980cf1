import { networkProblem } from "../auth/networks.ts";
import type { Config, ConfigKey } from "./schema.ts";

/** Headers that any client sets by itself. */
const commonHeaders =
  /^(accept.*|authorization|connection|content-.*|cookie|forwarded|host|origin|referer|sec-.*|user-agent|via|x-forwarded-.*|x-real-ip)$/i;

/** What would make agents of people whom nobody has named. */
export function agentProblems(config: Config, say: (key: ConfigKey, text: string) => void): void {
  const { agentAuth, agentHeader, agentNetworks, allowedOrigins, trustedProxies, trustProxy } = config;
  for (const key of ["trustedProxies", "agentNetworks"] as const) {
    for (const entry of config[key]) {
      const problem = networkProblem(entry);
      if (problem) say(key, problem);
    }
  }
  if (trustProxy && trustedProxies.length > 0)
    say("trustProxy", "believes every proxy; name them in COPANE_TRUSTED_PROXIES only");
  if (agentAuth === "token") return;
  if (allowedOrigins.includes("*"))
    say("allowedOrigins", `"*" lets every page act as an agent with COPANE_AGENT_AUTH=${agentAuth}`);
  if (trustProxy)
    say(
      "trustProxy",
      `lets anyone claim any address with COPANE_AGENT_AUTH=${agentAuth}; use COPANE_TRUSTED_PROXIES`,
    );
  if (agentAuth === "trusted-proxy") {
    if (trustedProxies.length === 0)
      say("trustedProxies", "must name the proxy, else anyone could send the header");
    if (!/^[\w-]+$/.test(agentHeader))
      say("agentHeader", "must be the name of the header that the proxy sets");
    else if (commonHeaders.test(agentHeader)) say("agentHeader", `"${agentHeader}" is sent by every client`);
    return;
  }
  if (agentNetworks.length === 0) say("agentNetworks", "must list networks, else anyone could be an agent");
  // A name that an attacker's DNS points at this server is `self` to it as well.
  if (allowedOrigins.includes("self"))
    say("allowedOrigins", "must name each origin with COPANE_AGENT_AUTH=open, also the server's own");
}

/** Said as loudly as can be where nobody can: every session waits in vain there. */
export const noAgents = {
  text: "nobody can be an agent at this server, so no session will ever be joined.",
  mend: "Set COPANE_JWT_SECRET or COPANE_JWKS_URL (see docs/configuration.md), COPANE_OIDC_ISSUER, or COPANE_DEV_SIGN_IN=true to try it out.",
};

/** Whether anybody at all can be an agent at this server. */
export function hasAgents({ agentAuth, jwtSecret, jwksUrl, oidcIssuer, devSignIn }: Config): boolean {
  return agentAuth !== "token" || jwtSecret !== "" || jwksUrl !== "" || oidcIssuer !== "" || devSignIn;
}
