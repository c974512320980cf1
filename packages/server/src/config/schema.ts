import { type Static, type TObject, type TSchema, Type } from "typebox";

/** One setting: its environment variable, what it means, and the schema with the default. */
function key<S extends TSchema>(env: string, schema: S): S & { env: string } {
  return Object.assign(schema, { env });
}

const ms = (defaultMs: number, description: string, minimum = 1) =>
  Type.Integer({
    default: defaultMs,
    minimum,
    maximum: 7 * 86_400_000,
    description: `${description} In milliseconds.`,
  });
const text = (defaultText: string, description: string) => Type.String({ default: defaultText, description });
const flag = (description: string) => Type.Boolean({ default: false, description });
const list = (items: string[], description: string) =>
  Type.Array(Type.String(), {
    default: items,
    description: `${description} In the environment: separated by commas.`,
  });
const count = (most: number, description: string) =>
  Type.Integer({ default: most, minimum: 1, maximum: 1_000_000_000, description });

/** Every setting there is. `docs/configuration.md` is made from this. */
export const configSchema = Type.Object(
  {
    host: key("HOST", text("127.0.0.1", "Address to listen on.")),
    port: key(
      "PORT",
      Type.Integer({
        default: 8080,
        minimum: 0,
        maximum: 65_535,
        description: "Port to listen on; 0 takes a free one.",
      }),
    ),
    dataDir: key(
      "COPANE_DATA_DIR",
      text(
        "",
        "Folder for the embedded database: live sessions, audit, site policy. Without it and `DATABASE_URL` `copane serve` takes `.copane` where it is started; with `memory` everything ends with the server.",
      ),
    ),
    databaseUrl: key(
      "DATABASE_URL",
      text("", "PostgreSQL to use instead, like postgres://user:password@host/database."),
    ),
    redisUrl: key(
      "COPANE_REDIS_URL",
      text(
        "",
        "Redis 6.2 or Valkey by which several servers on one `DATABASE_URL` work together: redis://user:password@host:6379, rediss:// with TLS, redis+sentinel://user:password@host:26379,host:26379/name or redis+cluster://host:6379,host:6379 (Redis 7; rediss+… with TLS).",
      ),
    ),
    serverId: key(
      "COPANE_SERVER_ID",
      text("", "Name of this server among several on one database; the host's name when empty."),
    ),
    logLevel: key(
      "COPANE_LOG_LEVEL",
      Type.Union(
        [
          Type.Literal("fatal"),
          Type.Literal("error"),
          Type.Literal("warn"),
          Type.Literal("info"),
          Type.Literal("debug"),
          Type.Literal("silent"),
        ],
        {
          default: "info",
          description: "Least severity that is logged: fatal, error, warn, info, debug or silent.",
        },
      ),
    ),
    trustProxy: key(
      "COPANE_TRUST_PROXY",
      flag(
        "Take the client's address from X-Forwarded-For. Only behind a proxy that replaces what clients send by that name.",
      ),
    ),
    trustedProxies: key(
      "COPANE_TRUSTED_PROXIES",
      list(
        [],
        "Addresses or networks (CIDR) of the reverse proxies in front: only they are believed X-Forwarded-For and the agent's header.",
      ),
    ),
    allowedOrigins: key(
      "COPANE_ALLOWED_ORIGINS",
      list(
        ["self"],
        "Origins whose pages may use the API and the sockets, like https://www.example.com. `self` is the server's own; `*` is every origin, for development only.",
      ),
    ),
    frameParents: key(
      "COPANE_FRAME_PARENTS",
      list(
        [],
        "Origins of desks that may have the live view (`/sdk/copane-agent-frame.html`) in an iframe, like https://crm.example. Empty: none.",
      ),
    ),
    agentAuth: key(
      "COPANE_AGENT_AUTH",
      Type.Union([Type.Literal("token"), Type.Literal("trusted-proxy"), Type.Literal("open")], {
        default: "token",
        description:
          "Who is an agent without a token: nobody (`token`), whom a trusted proxy names in COPANE_AGENT_HEADER (`trusted-proxy`), or whoever is in COPANE_AGENT_NETWORKS (`open`). Tokens count in each. Such agents have the role `agent`.",
      }),
    ),
    agentHeader: key(
      "COPANE_AGENT_HEADER",
      text(
        "",
        "Header in which a trusted proxy names the agent; it must take away what a client sends by that name.",
      ),
    ),
    agentNetworks: key(
      "COPANE_AGENT_NETWORKS",
      list([], "Addresses or networks (CIDR) whose people are agents with COPANE_AGENT_AUTH=open."),
    ),
    jwtSecret: key("COPANE_JWT_SECRET", text("", "Secret of agents' HS256 tokens; at least 32 characters.")),
    jwksUrl: key(
      "COPANE_JWKS_URL",
      text("", "Address of the key set that signs agents' tokens (RS256, ES256, EdDSA)."),
    ),
    jwtIssuer: key("COPANE_JWT_ISSUER", text("", "Issuer that agents' tokens must name.")),
    jwtAudience: key("COPANE_JWT_AUDIENCE", text("", "Audience that agents' tokens must name.")),
    jwtRoleClaim: key(
      "COPANE_JWT_ROLE_CLAIM",
      text(
        "role",
        "Claim of agents' tokens that names the role: agent, supervisor, admin or auditor; a string or a list. Dots lead into nested claims.",
      ),
    ),
    oidcIssuer: key(
      "COPANE_OIDC_ISSUER",
      text(
        "",
        "OpenID Connect provider at which agents sign in from the desk, as its tokens name it (`iss`), like https://login.example.com/realms/staff.",
      ),
    ),
    oidcClientId: key(
      "COPANE_OIDC_CLIENT_ID",
      text(
        "",
        "The desk's client ID there: a public client (no secret, PKCE) whose redirect address is the desk's.",
      ),
    ),
    oidcScope: key(
      "COPANE_OIDC_SCOPE",
      text(
        "openid profile",
        "What the desk asks the provider for. With `offline_access` the sign-in is renewed by a refresh token, without it in a hidden frame.",
      ),
    ),
    identitySecret: key(
      "COPANE_IDENTITY_SECRET",
      text(
        "",
        "Secret of customers' HS256 identities, which the site's server signs; at least 32 characters, and not that of agents' tokens.",
      ),
    ),
    identityJwksUrl: key(
      "COPANE_IDENTITY_JWKS_URL",
      text("", "Address of the key set that signs customers' identities instead (RS256, ES256, EdDSA)."),
    ),
    identityIssuer: key("COPANE_IDENTITY_ISSUER", text("", "Issuer that customers' identities must name.")),
    identityAudience: key(
      "COPANE_IDENTITY_AUDIENCE",
      text("", "Audience that customers' identities must name."),
    ),
    customerPage: key(
      "COPANE_CUSTOMER_PAGE",
      text(
        "",
        "Page of the site with the customer's script, like https://www.example.com/help: from the desk agents give customers a link to it with the key behind it, also as a QR code.",
      ),
    ),
    presence: key(
      "COPANE_PRESENCE",
      flag(
        "Let agents see the customers who started a session and wait, and join one without the key. The customer is told so.",
      ),
    ),
    devSignIn: key(
      "COPANE_DEV_SIGN_IN",
      flag("Let agents sign in with a code instead of a token. For development."),
    ),
    devSignInCode: key(
      "COPANE_DEV_SIGN_IN_CODE",
      text("", "The code for the development sign-in; a random one is printed at start when empty."),
    ),
    devSignInAnywhere: key(
      "COPANE_DEV_SIGN_IN_ANYWHERE",
      flag("Allow the development sign-in although the server listens beyond this machine."),
    ),
    defaultLocale: key(
      "COPANE_DEFAULT_LOCALE",
      text("en", "Language of a session whose initiator names none."),
    ),
    locales: key(
      "COPANE_LOCALES",
      list(
        ["en", "ar", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt-BR", "tr", "zh-CN"],
        "Languages that sessions may have.",
      ),
    ),
    keyDigits: key(
      "COPANE_KEY_DIGITS",
      Type.Integer({
        default: 8,
        minimum: 8,
        maximum: 12,
        description: "Digits of a session key, and of an invitation. Pages of the Avaya SDK may count on 8.",
      }),
    ),
    passphraseTtlMs: key("COPANE_PASSPHRASE_TTL_MS", ms(600_000, "Life of an unused session key.")),
    agentIdleMs: key(
      "COPANE_AGENT_IDLE_MS",
      ms(120_000, "Idleness of the agent after which a session that an agent started is closed."),
    ),
    customerIdleMs: key(
      "COPANE_CUSTOMER_IDLE_MS",
      ms(600_000, "Idleness of the customer after which a session that a customer started is closed."),
    ),
    idleWarningMs: key("COPANE_IDLE_WARNING_MS", ms(60_000, "How long before that the warning comes.")),
    sessionTimeoutMs: key("COPANE_SESSION_TIMEOUT_MS", ms(7_200_000, "Longest life of a session.")),
    reconnectGraceMs: key(
      "COPANE_RECONNECT_GRACE_MS",
      ms(60_000, "How long a participant whose connection is lost may take to come back."),
    ),
    maxSessions: key("COPANE_MAX_SESSIONS", count(10_000, "Sessions at once.")),
    maxWaiting: key(
      "COPANE_MAX_WAITING",
      count(
        50,
        "Sessions of one network, or one agent, that may wait for the other side. An IPv6 network is a /64; a /48 has five times as many.",
      ),
    ),
    maxSockets: key(
      "COPANE_MAX_SOCKETS",
      count(
        200,
        "Sockets of one network whose sign-in is not known yet, or that are customers'. An IPv6 network is a /64; a /48 has five times as many.",
      ),
    ),
    maxViewers: key("COPANE_MAX_VIEWERS", count(8, "Agents in one session.")),
    controlLevel: key(
      "COPANE_CONTROL_LEVEL",
      Type.Union(
        [Type.Literal("view"), Type.Literal("point"), Type.Literal("scroll"), Type.Literal("full")],
        {
          default: "full",
          description:
            "The highest level of control that an agent may ask for: view, point (no grant needed for these), scroll or full.",
        },
      ),
    ),
    consent: key(
      "COPANE_CONSENT",
      Type.Array(Type.Union([Type.Literal("view"), Type.Literal("control"), Type.Literal("recording")]), {
        default: ["control"],
        uniqueItems: true,
        description:
          "What the customer is asked before it begins: view, control, recording (of the agent's screen, by the company). Without control, requests for control are granted at once. In the environment: separated by commas.",
      }),
    ),
    silentObservers: key(
      "COPANE_SILENT_OBSERVERS",
      flag("Let observers and supervisors come in without the customer being told."),
    ),
    proposals: key(
      "COPANE_PROPOSALS",
      Type.Boolean({
        default: true,
        description: "Let agents propose one click or value that the customer accepts or declines.",
      }),
    ),
    numberMatch: key(
      "COPANE_NUMBER_MATCH",
      flag(
        "Show nothing before customer and agent have compared two figures that both screens show, and both said that they are the same.",
      ),
    ),
    agentLoads: key(
      "COPANE_AGENT_LOADS",
      Type.Union([Type.Literal("public"), Type.Literal("none")], {
        default: "public",
        description:
          "What agents' browsers load by themselves of what customers' pages name: from names of the public internet and the page's own origin (`public`), or nothing (`none`). The rest comes from the customer's browser.",
      }),
    ),
    agentLoadsAllow: key(
      "COPANE_AGENT_LOADS_ALLOW",
      list(
        [],
        "Hosts and origins that agents' browsers load from as well with COPANE_AGENT_LOADS=public, like intranet.example, *.shop.internal or http://10.1.2.3:8080; `*` is everything.",
      ),
    ),
    inviteTtlMs: key("COPANE_INVITE_TTL_MS", ms(600_000, "Life of an unused invitation of a colleague.")),
    handoverMs: key("COPANE_HANDOVER_MS", ms(60_000, "How long a hand-over waits to be accepted.")),
    proposalMs: key("COPANE_PROPOSAL_MS", ms(60_000, "How long a proposal waits for the customer's answer.")),
    helloMs: key("COPANE_HELLO_MS", ms(10_000, "Time a new socket has to name its token.")),
    maxQueueBytes: key(
      "COPANE_MAX_QUEUE_BYTES",
      count(4_194_304, "Bytes that may wait for one slow socket before it is cut off and resynchronised."),
    ),
    heartbeatMs: key(
      "COPANE_HEARTBEAT_MS",
      ms(20_000, "How often silent sockets are asked for a sign of life."),
    ),
    requestsPerMinute: key(
      "COPANE_REQUESTS_PER_MINUTE",
      count(
        300,
        "REST requests per network and minute. Who has signed in, or is in a session, has as many of its own.",
      ),
    ),
    metricsToken: key(
      "COPANE_METRICS_TOKEN",
      text("", "Bearer token that reads Prometheus metrics at /metrics; without it the path is closed."),
    ),
    webhookUrls: key(
      "COPANE_WEBHOOK_URLS",
      list([], "Addresses that are told of session events by POST. https, or http on this machine."),
    ),
    webhookSecret: key(
      "COPANE_WEBHOOK_SECRET",
      text("", "Secret that signs what is posted there; at least 32 characters."),
    ),
    webhookEvents: key(
      "COPANE_WEBHOOK_EVENTS",
      list(
        ["session.created", "session.closed", "agent.joined", "customer.joined"],
        "Events that are posted; `*` is every one.",
      ),
    ),
    sdkDir: key("COPANE_SDK_DIR", text("", "Folder served at /sdk/; the built customer script by default.")),
    keptVersions: key(
      "COPANE_KEPT_VERSIONS",
      Type.Integer({
        default: 5,
        minimum: 1,
        maximum: 50,
        description:
          "Versions of the customer script that stay served, for pages that an upgrade finds open.",
      }),
    ),
    avayaDir: key(
      "COPANE_AVAYA_DIR",
      text("", "Folder served at /services/CoBrowse/sdk/; the built drop-in for the Avaya SDK by default."),
    ),
    deskDir: key("COPANE_DESK_DIR", text("", "Folder served at /desk/; the built agent desk by default.")),
    sampleDir: key("COPANE_SAMPLE_DIR", text("", "Folder served at /sample/; nothing when empty.")),
  },
  { additionalProperties: false },
);

export type Config = Static<typeof configSchema>;
export type ConfigKey = keyof Config;

/** Keys with their environment variables, in the order of the schema. */
export const configKeys: readonly { key: ConfigKey; env: string; schema: TSchema }[] = Object.entries(
  (configSchema as TObject).properties,
).map(([name, schema]) => ({
  key: name as ConfigKey,
  env: (schema as unknown as { env: string }).env,
  schema,
}));
