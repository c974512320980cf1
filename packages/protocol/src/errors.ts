import { CopaneError } from "./error.ts";

/**
 * The catalogue: name → [number, HTTP status, message]. 1xxx the request, 2xxx identity, 3xxx the
 * session's rules, 4xxx limits, 5xxx the server. Numbers are stable; `docs/protocol.md` lists them.
 */
export const errorCatalogue = {
  MALFORMED_JSON: [1001, 400, "The body is not valid JSON."],
  INVALID_FIELD: [1002, 400, "A field is missing, unknown or has a value that is not accepted."],
  BODY_TOO_LARGE: [1003, 413, "The body is larger than the server accepts."],
  UNSUPPORTED_MEDIA_TYPE: [1004, 415, "Send the body as application/json."],
  NOT_FOUND: [1005, 404, "There is nothing at this address."],
  METHOD_NOT_ALLOWED: [1006, 405, "This address does not answer that method."],
  UNKNOWN_MESSAGE: [1007, 400, "The server does not know this kind of message."],
  VERSION_MISMATCH: [1008, 400, "This client speaks another protocol version. Reload the page."],
  HELLO_EXPECTED: [1009, 400, "The first message on a socket must be hello with a token."],
  FRAME_TOO_LARGE: [1010, 413, "The frame is larger than the server accepts."],

  TOKEN_MISSING: [2001, 401, "A bearer token is required."],
  TOKEN_INVALID: [2002, 401, "The token is not valid or its session has ended. Start a new session."],
  AGENT_AUTH_REQUIRED: [2003, 401, "Sign in as an agent first."],
  AGENT_AUTH_INVALID: [2004, 401, "The agent's sign-in is not valid or has expired. Sign in again."],
  WRONG_ROLE: [2005, 403, "This participant may not use this address."],
  ORIGIN_NOT_ALLOWED: [
    2006,
    403,
    "This origin is not in the server's list of allowed origins (COPANE_ALLOWED_ORIGINS).",
  ],
  ROLE_NOT_ALLOWED: [2008, 403, "Your role does not allow this. Ask an administrator."],
  IDENTITY_INVALID: [
    2009,
    401,
    "The customer's identity is not valid or has expired. The site's server has to sign a new one.",
  ],
  IDENTITY_NOT_SET_UP: [
    2010,
    422,
    "The server has no key for customers' identities (COPANE_IDENTITY_SECRET or COPANE_IDENTITY_JWKS_URL).",
  ],

  PASSPHRASE_UNKNOWN: [
    3001,
    404,
    "No session waits with this key. Check the eight digits or ask for a new key.",
  ],
  SESSION_CLOSED: [3002, 409, "The session has ended. Start a new one."],
  ALREADY_JOINED: [3003, 409, "Customer session with same ID already in progress."],
  SESSION_FULL: [3004, 409, "The session already has as many agents as it may."],
  CONTROL_ALREADY_HELD: [3005, 409, "An agent is already in control."],
  CONTROL_ALREADY_PENDING: [3006, 409, "A request for control already waits for the customer's answer."],
  CONTROL_NOT_REQUESTED: [3007, 409, "There is no request for control to answer."],
  CONTROL_NOT_HELD: [3008, 409, "This participant is not in control and has no request waiting."],
  SESSION_PAUSED: [3009, 409, "The session is paused. Wait until the customer resumes it."],
  SESSION_NOT_PAUSED: [3010, 409, "The session is not paused."],
  PAUSE_NEEDS_CONTROL: [
    3011,
    409,
    "The customer can pause only while no agent is in control. Revoke control first.",
  ],
  CUSTOMER_ONLY: [3012, 403, "Only the customer may do this."],
  AGENT_ONLY: [3013, 403, "Only an agent may do this."],
  PEER_MISSING: [3014, 409, "The other side has not joined yet."],
  NOT_IN_CONTROL: [3015, 403, "The agent may not act in the page without the customer's grant."],
  NOT_JOINED: [3016, 409, "This participant has not joined the session yet."],
  CUSTOMER_NOT_WAITING: [3017, 409, "The customer has not joined this session yet."],

  LEVEL_NOT_ALLOWED: [3020, 403, "The site does not allow agents this level of control."],
  LEVEL_TOO_LOW: [3021, 403, "The customer's grant does not cover this kind of input."],
  OUT_OF_SCOPE: [
    3022,
    403,
    "The grant covers one form or field, and the input does not say that it keeps to it.",
  ],
  CONSENT_MISSING: [3023, 409, "The customer has not consented to this yet."],
  CONSENT_NOT_ASKED: [3024, 409, "The site does not ask for this consent."],
  OBSERVERS_WATCH: [
    3025,
    403,
    "An observer watches: it neither acts, nor points, nor writes to the customer.",
  ],
  NOT_IN_LEAD: [3026, 403, "Only the agent who leads the session may do this."],
  HANDOVER_PENDING: [3027, 409, "A hand-over already waits for an answer."],
  HANDOVER_MISSING: [3028, 409, "There is no hand-over for this participant to answer."],
  PARTICIPANT_UNKNOWN: [3029, 404, "Nobody with this number can take the session over."],
  INVITE_UNKNOWN: [3030, 404, "No session waits with this invitation. Ask for a new one."],
  TOO_MANY_INVITES: [3031, 409, "Too many invitations are open. Wait until one is used or expires."],
  SILENT_NOT_ALLOWED: [3032, 403, "The site does not allow silent observers."],
  PROPOSAL_PENDING: [3033, 409, "A proposal already waits for the customer's answer."],
  PROPOSAL_MISSING: [3034, 409, "There is no proposal to answer."],
  PROPOSALS_OFF: [3035, 403, "The site does not allow proposals."],
  SESSION_UNKNOWN: [3036, 404, "There is no live session with this id."],
  PAGE_UNKNOWN: [3037, 404, "The session has no page of this number. Reload the page."],
  MATCH_NOT_ASKED: [3038, 409, "There are no figures to compare."],
  MATCH_OUT_OF_TURN: [3039, 409, "It is the other side's turn to make or compare the figures."],
  REFERENCE_TAKEN: [3040, 409, "A session with this reference waits already."],
  REFERENCE_UNKNOWN: [3041, 404, "No session waits with this reference."],
  PRESENCE_OFF: [3042, 403, "The site does not let agents see who waits (COPANE_PRESENCE)."],
  POLICY_UNSAFE: [3101, 422, "The policy would show what must stay hidden."],
  PRIVACY_UNUSABLE: [
    3103,
    422,
    "Nothing is shared: a selector that says what this page must hide is not valid. Tell the site.",
  ],
  MIRROR_FAILED: [
    3104,
    500,
    "Nothing is shared: the page could not be mirrored. When it is reloaded, this is tried again.",
  ],
  PART_MISSING: [
    3105,
    503,
    "A script of the shared page did not load: control, drawing or chat do not work there. Try again.",
  ],
  PICTURE_FAILED: [
    3106,
    500,
    "The customer's page cannot be shown here. Fetch the picture again, or reload this page.",
  ],
  PAGE_TOO_LARGE: [
    3107,
    422,
    "The customer's page is too large to be shown, so nothing of it is shown. Refresh to try again.",
  ],
  BROWSER_TOO_OLD: [3108, 422, "This browser is too old to share the page. A newer one can."],
  SCRIPT_MISSING: [3109, 503, "The script of the session did not load. Check the connection and try again."],
  POLICY_CHANGED: [3102, 409, "Somebody else changed the policy meanwhile. Load it again."],

  RATE_LIMITED: [4001, 429, "Too many requests. Wait and try again."],
  PASSPHRASE_GUESSING: [4002, 429, "Too many wrong keys. Wait and try again."],
  TOO_MANY_SESSIONS: [4003, 503, "The server holds as many sessions as it may. Try again later."],
  TOO_MANY_WAITING: [
    4004,
    429,
    "Too many sessions from your network wait already. End one or try again later.",
  ],
  TOO_MANY_SOCKETS: [4005, 429, "Too many connections from your network. Close some or try again later."],

  INTERNAL: [5001, 500, "Something went wrong on the server. Try again; the log has the request id."],
  SHUTTING_DOWN: [5002, 503, "The server is shutting down. Try again shortly."],
  STORE_UNAVAILABLE: [5003, 503, "What happens cannot be recorded right now. Try again shortly."],
  SERVERS_APART: [5004, 503, "The servers cannot reach each other right now. Try again shortly."],
} as const satisfies Record<string, readonly [number, number, string]>;

export type ErrorName = keyof typeof errorCatalogue;

/** An error of the catalogue, by its name: what the server throws. */
export class CataloguedError extends CopaneError {
  declare readonly name: ErrorName;
  declare readonly status: number;

  constructor(
    name: ErrorName,
    detail: { message?: string; field?: string; retryAfter?: number; cause?: unknown } = {},
  ) {
    const [code, status, text] = errorCatalogue[name];
    const { message = text, cause, ...rest } = detail;
    super({ code, name, message, ...rest }, status, cause);
  }
}

/** WebSocket and SockJS close codes. A client reconnects after any code that is not listed as final. */
export const SocketClose = {
  /** Session over or participant logged out. Final. */
  sessionClosed: 4000,
  /** The server is going away; reconnect later. */
  shuttingDown: 4001,
  /** No or wrong hello, malformed message or frame header, a frame that its sender must not send. Final. */
  protocolError: 4400,
  /** Token unknown, or no hello in time. Final. */
  unauthorized: 4401,
  /** Another socket of the same participant took over. Final for this one. */
  replaced: 4409,
  /** A frame or message beyond the limits. Final. */
  tooLarge: 4413,
  /** Too many messages, or the peer reads too slowly; reconnect and resync. */
  overloaded: 4429,
} as const;
export type SocketClose = (typeof SocketClose)[keyof typeof SocketClose];

/** Close codes after which a client must not reconnect. */
export const finalCloses: ReadonlySet<number> = new Set([
  SocketClose.sessionClosed,
  SocketClose.protocolError,
  SocketClose.unauthorized,
  SocketClose.replaced,
  SocketClose.tooLarge,
]);
