/** Paths under the deployment's root (spec: avaya-compat section 1; exact and stable). */
const base = "/services/CoBrowse";

export const paths = {
  base,
  customerRequest: `${base}/v1/customer/session/request`,
  customerJoin: `${base}/v1/customer/session/join`,
  customerLogout: `${base}/v1/customer/session/logout`,
  customerStatus: `${base}/v1/customer/status`,
  agentRequest: `${base}/v1/agent/session/request`,
  agentJoin: `${base}/v1/agent/session/join`,
  agentLiveJoin: `${base}/v1/agent/session/live/join`,
  agentLogout: `${base}/v1/agent/session/logout`,
  agentStatus: `${base}/v1/agent/status`,
  /** A colleague comes in by an invitation. */
  agentInviteJoin: `${base}/v1/agent/session/invite/join`,
  /** Supervisors only: live sessions, and joining one of them. */
  agentSessions: `${base}/v1/agent/sessions`,
  agentSupervise: `${base}/v1/agent/session/supervise`,
  serverStatus: `${base}/v1/server/status`,
  /** Development sign-in; answers 404 unless the operator asked for it. */
  agentSignIn: `${base}/v1/agent/sign-in`,
  /** What a customer's page must know before a session: the site's words of consent. */
  customerPolicy: `${base}/v1/customer/policy`,
  audit: `${base}/v1/audit`,
  admin: `${base}/v1/admin`,
  /** Folder of the Avaya SDK's files, by the names that pages load. */
  sdk: `${base}/sdk/`,
  openapi: `${base}/v1/openapi.json`,
  docs: `${base}/docs`,
  customerSocket: `${base}/sockjs/cobrowse/customer`,
  agentSocket: `${base}/sockjs/cobrowse/agent`,
} as const;
