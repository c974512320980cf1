/** Paths under the deployment's root (spec: avaya-compat section 1; exact and stable). */
export const base = "/services/CoBrowse";

export const customerRequest = `${base}/v1/customer/session/request`;
export const customerJoin = `${base}/v1/customer/session/join`;
export const customerLogout = `${base}/v1/customer/session/logout`;
export const customerStatus = `${base}/v1/customer/status`;
export const agentRequest = `${base}/v1/agent/session/request`;
export const agentJoin = `${base}/v1/agent/session/join`;
export const agentLiveJoin = `${base}/v1/agent/session/live/join`;
export const agentLogout = `${base}/v1/agent/session/logout`;
export const agentStatus = `${base}/v1/agent/status`;
/** A colleague comes in by an invitation. */
export const agentInviteJoin = `${base}/v1/agent/session/invite/join`;
/** Supervisors only: live sessions, and joining one of them. */
export const agentSessions = `${base}/v1/agent/sessions`;
export const agentSupervise = `${base}/v1/agent/session/supervise`;
export const serverStatus = `${base}/v1/server/status`;
/** Development sign-in; answers 404 unless the operator asked for it. */
export const agentSignIn = `${base}/v1/agent/sign-in`;
/** What a customer's page must know before a session: the site's words of consent. */
export const customerPolicy = `${base}/v1/customer/policy`;
export const audit = `${base}/v1/audit`;
export const admin = `${base}/v1/admin`;
/** Folder of the Avaya SDK's files, by the names that pages load. */
export const sdk = `${base}/sdk/`;
export const openapi = `${base}/v1/openapi.json`;
export const docs = `${base}/docs`;
export const customerSocket = `${base}/sockjs/cobrowse/customer`;
export const agentSocket = `${base}/sockjs/cobrowse/agent`;
