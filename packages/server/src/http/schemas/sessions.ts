import {
  type AgentInviteJoinBody,
  type AgentLiveJoinBody,
  type AgentRequestBody,
  type AgentSuperviseBody,
  type AgentWaitingJoinBody,
  type CustomerJoinBody,
  type CustomerRequestBody,
  type ErrorBody,
  type IdentityAnswer,
  type LiveSessionsAnswer,
  type LogoutBody,
  limits,
  type ServerStatusAnswer,
  type SessionView,
  type SignInAnswer,
  type SignInBody,
  type SignInWaysAnswer,
  type StatusAnswer,
  type Ticket,
  type WaitingAnswer,
} from "@copane/protocol";
import { type Static, type TSchema, Type } from "typebox";

const strict = { additionalProperties: false };
const METADATA_NAME = "^[A-Za-z][A-Za-z0-9_-]{0,31}$";
const METADATA_QUERY = "^metadata\\.[A-Za-z][A-Za-z0-9_-]{0,31}$";
const MetadataValue = Type.Union([
  Type.String({ maxLength: limits.metadataLength }),
  Type.Number(),
  Type.Boolean(),
]);
const Customer = Type.Object(
  {
    id: Type.Optional(Type.String({ description: "The customer's id at the site, signed by its server." })),
    metadata: Type.Optional(Type.Record(Type.String(), MetadataValue, { description: "Signed, too." })),
    unverified: Type.Optional(
      Type.Record(Type.String(), MetadataValue, {
        description: "What the page said: whoever uses the page can change it.",
      }),
    ),
    reference: Type.Optional(Type.String({ description: "Id of a chat or call; said by the page." })),
  },
  { description: "Who the customer is; to agents only." },
);

const Name = Type.String({
  minLength: 1,
  maxLength: limits.nameLength,
  pattern: "\\S",
  description: "Name shown to the other side; at most 99 characters, apostrophes allowed.",
  examples: ["Ada O'Neil"],
});
const Locale = Type.Optional(
  Type.String({
    maxLength: 35,
    description: "BCP 47 language tag; only the initiator chooses it.",
    examples: ["de"],
  }),
);
const Email = Type.Optional(
  Type.String({ maxLength: limits.emailLength, description: "Accepted for compatibility; not stored." }),
);
const Passphrase = Type.String({
  minLength: 1,
  maxLength: 20,
  description: "The session key: eight digits (up to twelve by a setting), with or without spaces.",
  examples: ["1234 5678"],
});

const said = {
  identity: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: limits.identityLength,
      description: "Who the customer is: a JWT that the site's server signed.",
    }),
  ),
  metadata: Type.Optional(
    Type.Record(Type.String({ pattern: METADATA_NAME }), MetadataValue, {
      ...strict,
      maxProperties: limits.metadataNames,
      description: "What the page says of its customer. Agents see it as not verified.",
      examples: [{ ticket: "4711" }],
    }),
  ),
};
const Reference = Type.String({
  minLength: 1,
  maxLength: limits.referenceLength,
  pattern: "^[!-~]+$",
  description: "Id of a chat or call by which agents find the session while it waits.",
  examples: ["chat-4711"],
});

export const CustomerRequest = Type.Object(
  { name: Name, locale: Locale, email: Email, ...said, reference: Type.Optional(Reference) },
  strict,
);
export const CustomerJoin = Type.Object({ name: Name, passphrase: Passphrase, ...said }, strict);
export const Waiting = Type.Object(
  {
    reference: Type.Optional(Reference),
    verified: Type.Optional(
      Type.Union([Type.Literal("true"), Type.Literal("false")], {
        description: "true: only metadata that the site's server signed count.",
      }),
    ),
    limit: Type.Optional(
      Type.String({ pattern: "^[0-9]{1,3}$", description: "At most so many: 1 to 200; 50 by default." }),
    ),
  },
  {
    patternProperties: {
      [METADATA_QUERY]: {
        type: "string",
        maxLength: limits.metadataLength,
        description: "A value of the customer's metadata, as metadata.ticket=4711.",
      },
    },
    additionalProperties: false,
    maxProperties: limits.metadataNames,
  },
);
export const AgentWaitingJoin = Type.Object(
  {
    name: Name,
    reference: Type.Optional(Reference),
    sessionId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: "In place of the reference, where COPANE_PRESENCE is on.",
      }),
    ),
  },
  strict,
);
export const AgentRequest = Type.Object(
  {
    name: Name,
    locale: Locale,
    email: Email,
    autojoin: Type.Optional(
      Type.Boolean({ default: false, description: "True: make the key and join. False: make the key only." }),
    ),
  },
  strict,
);
export const AgentLiveJoin = Type.Object({ name: Name, passphrase: Passphrase }, strict);
export const AgentInviteJoin = Type.Object({ name: Name, key: Passphrase }, strict);
export const AgentSupervise = Type.Object(
  {
    name: Name,
    sessionId: Type.String({ minLength: 1, maxLength: 64 }),
    silent: Type.Optional(
      Type.Boolean({ default: false, description: "The customer is not told; only where policy allows it." }),
    ),
  },
  strict,
);
export const Logout = Type.Object(
  {
    reason: Type.Optional(
      Type.String({ maxLength: limits.reasonLength, description: "Told to the other side." }),
    ),
    fidelity: Type.Optional(
      Type.Object(
        {
          compared: Type.Integer({ minimum: 0, maximum: limits.comparedParts }),
          repaired: Type.Integer({ minimum: 0, maximum: limits.comparedParts }),
        },
        { ...strict, description: "From agents: what was compared of the picture since they last told." },
      ),
    ),
  },
  strict,
);
export const SignIn = Type.Object(
  {
    name: Name,
    code: Type.String({ minLength: 1, maxLength: 200, description: "The code printed at start." }),
    role: Type.Optional(
      Type.Union(
        [Type.Literal("agent"), Type.Literal("supervisor"), Type.Literal("admin"), Type.Literal("auditor")],
        { description: "What to sign in as; an agent when absent." },
      ),
    ),
  },
  strict,
);

const Participant = Type.Object({
  number: Type.Integer({ description: "0 is the customer; agents count from 1." }),
  role: Type.Union([Type.Literal("customer"), Type.Literal("agent")]),
  name: Type.String(),
  connected: Type.Boolean(),
  part: Type.Optional(
    Type.Union([Type.Literal("agent"), Type.Literal("observer"), Type.Literal("supervisor")]),
  ),
  silent: Type.Optional(Type.Literal(true)),
});
const ConsentWhat = Type.Union([Type.Literal("view"), Type.Literal("recording")]);
const State = Type.Union([
  Type.Literal("waiting"),
  Type.Literal("active"),
  Type.Literal("paused"),
  Type.Literal("closed"),
]);
const CloseReason = Type.Object({
  code: Type.Union([
    Type.Literal("not_joined"),
    Type.Literal("inactive_timeout"),
    Type.Literal("session_timeout"),
    Type.Literal("customer_left"),
    Type.Literal("agent_left"),
    Type.Literal("connection_lost"),
    Type.Literal("cancelled"),
    Type.Literal("server_shutdown"),
  ]),
  text: Type.String(),
  by: Type.Optional(Type.Union([Type.Literal("customer"), Type.Literal("agent")])),
  number: Type.Optional(Type.Integer({ description: "Number of the participant who ended it." })),
  given: Type.Optional(Type.String({ description: "The reason given with the logout." })),
});
const Session = Type.Object({
  id: Type.String(),
  state: State,
  initiator: Type.Union([Type.Literal("customer"), Type.Literal("agent")]),
  locale: Type.String(),
  silentAllowed: Type.Optional(Type.Literal(true)),
  passphrase: Type.Optional(
    Type.String({ description: "To the initiator's side only, while it can be used." }),
  ),
  participants: Type.Array(Participant),
  customer: Type.Optional(Customer),
  findable: Type.Optional(
    Type.Literal(true, { description: "To a customer who waits: agents can come in without the key." }),
  ),
  control: Type.Object({
    holder: Type.Optional(Type.Integer({ description: "Number of the agent in control." })),
    pending: Type.Optional(Type.Integer({ description: "Number of the agent whose request waits." })),
    level: Type.Optional(Type.Union([Type.Literal("scroll"), Type.Literal("full")])),
    scope: Type.Optional(Type.Integer({ description: "Mirror node id of the one form or field it covers." })),
    endsInMs: Type.Optional(Type.Number()),
    highest: Type.Union([
      Type.Literal("view"),
      Type.Literal("point"),
      Type.Literal("scroll"),
      Type.Literal("full"),
    ]),
  }),
  consent: Type.Object({
    needed: Type.Array(ConsentWhat),
    given: Type.Array(ConsentWhat),
    refused: Type.Array(ConsentWhat),
  }),
  lead: Type.Optional(Type.Integer({ description: "The agent whose leaving ends the session." })),
  handover: Type.Optional(Type.Object({ from: Type.Integer(), to: Type.Integer(), endsInMs: Type.Number() })),
  match: Type.Optional(
    Type.Object(
      {
        with: Type.Integer({ description: "Number of the agent whose screen shows the figures, too." }),
        commit: Type.Optional(Type.String()),
        agentNonce: Type.Optional(Type.String()),
        customerNonce: Type.Optional(Type.String()),
        confirmed: Type.Array(Type.Union([Type.Literal("customer"), Type.Literal("agent")])),
      },
      { description: "While two figures have to be compared; nothing of the page is shown meanwhile." },
    ),
  ),
  proposal: Type.Optional(Type.Object({ by: Type.Integer(), endsInMs: Type.Number() })),
  idleClosesInMs: Type.Optional(Type.Number()),
  passphraseEndsInMs: Type.Optional(Type.Number()),
  timeoutInMs: Type.Number(),
  closeReason: Type.Optional(CloseReason),
});

export const TicketAnswer = Type.Object(
  {
    session: Session,
    you: Type.Integer(),
    token: Type.String({ description: "Bearer token of this participant, for REST and its socket." }),
    passphrase: Type.Optional(Type.String({ examples: ["1234 5678"] })),
    passphraseExpiresInMs: Type.Optional(Type.Integer()),
  },
  { description: "The participant's seat in the session." },
);
export const Status = Type.Object(
  { session: Session, you: Type.Integer() },
  { description: "The session as this participant may know it." },
);
const Live = Type.Object({
  id: Type.String(),
  state: Type.Union([Type.Literal("waiting"), Type.Literal("active"), Type.Literal("paused")]),
  initiator: Type.Union([Type.Literal("customer"), Type.Literal("agent")]),
  locale: Type.String(),
  createdAt: Type.String({ format: "date-time" }),
  sinceMs: Type.Number({ description: "Milliseconds since then, by the server's clock." }),
  participants: Type.Array(Participant),
  customer: Type.Optional(Customer),
  holder: Type.Optional(Type.Integer({ description: "Number of the agent in control." })),
});
export const WaitingSessions = Type.Object(
  {
    sessions: Type.Array(Live),
    total: Type.Integer({ description: "All that are meant, also where the list was cut." }),
  },
  { description: "Customers who wait, who waits longest first." },
);
export const LiveSessions = Type.Object(
  {
    sessions: Type.Array(Live),
    total: Type.Integer({ description: "All of them, also where the list was cut." }),
    silentAllowed: Type.Boolean({ description: "Whether the policy allows to join unseen by the customer." }),
  },
  { description: "Sessions under way at this server, newest first; at most 500." },
);
export const LoggedOut = Type.Object(
  { loggedOut: Type.Literal(true) },
  { description: "The session is closed for both." },
);
export const ServerStatus = Type.Object(
  { status: Type.Literal("up"), version: Type.String(), protocol: Type.Integer() },
  { description: "The co-browse server is up." },
);
export const SignInResult = Type.Object(
  { token: Type.String({ description: "JWT for the agent's requests." }), name: Type.String() },
  { description: "Signed in." },
);
export const SignInWays = Type.Object(
  {
    ways: Type.Array(Type.Union([Type.Literal("oidc"), Type.Literal("token"), Type.Literal("code")])),
    oidc: Type.Optional(
      Type.Object({ issuer: Type.String(), clientId: Type.String(), scope: Type.String() }),
    ),
  },
  { description: "How agents may sign in; the best way first." },
);
export const Identity = Type.Object(
  {
    agentId: Type.String(),
    name: Type.Optional(Type.String()),
    role: Type.Union([
      Type.Literal("agent"),
      Type.Literal("supervisor"),
      Type.Literal("admin"),
      Type.Literal("auditor"),
    ]),
    desk: Type.Object(
      {
        keyDigits: Type.Integer({ description: "Digits of a new key." }),
        customerPage: Type.Optional(Type.String({ description: "To which links for customers lead." })),
        presence: Type.Boolean({ description: "Whether agents see which customers wait." }),
      },
      { description: "Settings that a desk has to know." },
    ),
  },
  { description: "Whom the token makes." },
);
export const ErrorAnswer = Type.Object(
  {
    error: Type.Object({
      code: Type.Integer({ description: "Stable number.", examples: [3001] }),
      name: Type.String({ examples: ["PASSPHRASE_UNKNOWN"] }),
      message: Type.String({ description: "What went wrong and what to do about it." }),
      field: Type.Optional(Type.String()),
      retryAfter: Type.Optional(Type.Integer({ description: "Seconds." })),
    }),
  },
  { description: "What went wrong. The number tells which error it is." },
);

// The wire's types are written in the protocol package; these lines fail to compile when a schema differs.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Of<S extends TSchema> = Static<S>;
true satisfies Same<Of<typeof CustomerRequest>, CustomerRequestBody>;
true satisfies Same<Of<typeof CustomerJoin>, CustomerJoinBody>;
true satisfies Same<Of<typeof AgentRequest>, AgentRequestBody>;
true satisfies Same<Of<typeof AgentLiveJoin>, AgentLiveJoinBody>;
true satisfies Same<Of<typeof AgentInviteJoin>, AgentInviteJoinBody>;
true satisfies Same<Of<typeof AgentSupervise>, AgentSuperviseBody>;
true satisfies Same<Of<typeof AgentWaitingJoin>, AgentWaitingJoinBody>;
true satisfies Same<Of<typeof WaitingSessions>, WaitingAnswer>;
true satisfies Same<Of<typeof LiveSessions>, LiveSessionsAnswer>;
true satisfies Same<Of<typeof Logout>, LogoutBody>;
true satisfies Same<Of<typeof SignIn>, SignInBody>;
true satisfies Same<Of<typeof SignInWays>, SignInWaysAnswer>;
true satisfies Same<Of<typeof Identity>, IdentityAnswer>;
true satisfies Same<Of<typeof SignInResult>, SignInAnswer>;
true satisfies Same<Of<typeof ServerStatus>, ServerStatusAnswer>;
true satisfies Same<Of<typeof Session>, SessionView>;
true satisfies Same<Of<typeof TicketAnswer>, Ticket>;
true satisfies Same<Of<typeof Status>, StatusAnswer>;
true satisfies Same<Of<typeof ErrorAnswer>["error"], ErrorBody>;
