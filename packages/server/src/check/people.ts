import { type Config, hasAgents, noAgents } from "../config/index.ts";
import { type Finding, Findings } from "./finding.ts";

/** Who can be an agent. */
export function checkAgents(config: Config): Finding[] {
  const findings = new Findings("agents");
  const { agentAuth, jwtSecret, jwksUrl, jwtAudience, oidcIssuer, devSignIn } = config;
  if (!hasAgents(config)) {
    findings.problem(noAgents.text.toUpperCase(), noAgents.mend);
    return findings.list;
  }
  if (jwtSecret) findings.ok("tokens signed with COPANE_JWT_SECRET make agents");
  if (jwksUrl) findings.ok("tokens signed by the keys behind COPANE_JWKS_URL make agents");
  if (jwksUrl && !jwtAudience)
    findings.warning(
      "every token that these keys sign makes an agent, whatever it was made for",
      "Set COPANE_JWT_AUDIENCE, and COPANE_JWT_ISSUER.",
    );
  if (oidcIssuer) findings.ok("whoever may use the desk's client at COPANE_OIDC_ISSUER is an agent");
  if (agentAuth !== "token") findings.ok(`COPANE_AGENT_AUTH=${agentAuth} makes agents without a token`);
  if (devSignIn)
    findings.warning(
      "whoever has the development code is an agent, and may choose the role",
      "Take COPANE_DEV_SIGN_IN away before customers come.",
    );
  return findings.list;
}

/** Whose pages may use the server. */
export function checkOrigins({ allowedOrigins }: Config): Finding[] {
  const findings = new Findings("origins");
  const others = allowedOrigins.filter((origin) => origin !== "self" && origin !== "*");
  if (allowedOrigins.includes("*"))
    findings.warning(
      "pages of every origin may use the server",
      "Name your sites in COPANE_ALLOWED_ORIGINS instead of `*`.",
    );
  else if (allowedOrigins.length === 0)
    findings.problem("no page may use the server", "Name your sites in COPANE_ALLOWED_ORIGINS.");
  else if (others.length === 0)
    findings.note("only pages of the server's own origin may use it; COPANE_ALLOWED_ORIGINS names others");
  else findings.ok(`pages of ${others.join(", ")} may use the server`);
  const open = others.filter((origin) => /^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(origin));
  if (open.length > 0)
    findings.warning(
      `${open.join(", ")}: without TLS anyone on the way can change the page`,
      "Use https there.",
    );
  return findings.list;
}
