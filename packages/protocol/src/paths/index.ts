/**
 * Paths under the deployment's root (spec: avaya-compat section 1; exact and stable), each in full: bundlers
 * keep those that are used.
 */
export const base = "/services/CoBrowse";

export const customerRequest = "/services/CoBrowse/v1/customer/session/request";
export const customerJoin = "/services/CoBrowse/v1/customer/session/join";
export const customerLogout = "/services/CoBrowse/v1/customer/session/logout";
export const customerStatus = "/services/CoBrowse/v1/customer/status";
export const agentRequest = "/services/CoBrowse/v1/agent/session/request";
export const agentJoin = "/services/CoBrowse/v1/agent/session/join";
export const agentLiveJoin = "/services/CoBrowse/v1/agent/session/live/join";
export const agentLogout = "/services/CoBrowse/v1/agent/session/logout";
export const agentStatus = "/services/CoBrowse/v1/agent/status";
/** A colleague comes in by an invitation. */
export const agentInviteJoin = "/services/CoBrowse/v1/agent/session/invite/join";
/** Supervisors only: live sessions, and joining one of them. */
export const agentSessions = "/services/CoBrowse/v1/agent/sessions";
export const agentSupervise = "/services/CoBrowse/v1/agent/session/supervise";
/** Customers who wait, and joining one of them without a key. */
export const agentWaiting = "/services/CoBrowse/v1/agent/waiting";
export const agentWaitingJoin = "/services/CoBrowse/v1/agent/waiting/join";
/** Sessions that an agent took part in and that have ended, with the agent's own notes. */
export const agentHistory = "/services/CoBrowse/v1/agent/history";
export const serverStatus = "/services/CoBrowse/v1/server/status";
/** Development sign-in; answers 404 unless the operator asked for it. */
export const agentSignIn = "/services/CoBrowse/v1/agent/sign-in";
/** How agents may sign in here, and who somebody is by a token. */
export const agentSignInWays = "/services/CoBrowse/v1/agent/sign-in-ways";
export const agentIdentity = "/services/CoBrowse/v1/agent/identity";
/** What a customer's page must know before a session: the site's words of consent. */
export const customerPolicy = "/services/CoBrowse/v1/customer/policy";
export const audit = "/services/CoBrowse/v1/audit";
export const admin = "/services/CoBrowse/v1/admin";
/** Folder of the Avaya SDK's files, by the names that pages load. */
export const sdk = "/services/CoBrowse/sdk/";
export const openapi = "/services/CoBrowse/v1/openapi.json";
export const docs = "/services/CoBrowse/docs";
export const customerSocket = "/services/CoBrowse/sockjs/cobrowse/customer";
export const agentSocket = "/services/CoBrowse/sockjs/cobrowse/agent";
