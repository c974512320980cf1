import { createHmac } from "node:crypto";
import { paths, type Role } from "@copane/protocol";
import { startStack } from "../../support/stack.ts";
import { ask, hello, Line, startBoth } from "../peer.ts";
import type { Attack, AttackResult } from "../types.ts";

const secret = "only of the attacks, and long enough for a key";
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

function jwt(header: object, claims: object, key: string): string {
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${createHmac("sha256", key).update(body).digest("base64url")}`;
}

const now = Math.floor(Date.now() / 1_000);
const claims = { sub: "eve", name: "Eve", role: "admin", iat: now, exp: now + 600 };
const good = jwt({ alg: "HS256", typ: "JWT" }, claims, secret);

/** Tokens that nobody gave. */
function forgedTokens(): Record<string, string> {
  const [head, body, sign] = good.split(".") as [string, string, string];
  return {
    empty: "",
    "not a token": "eve",
    "of no algorithm": `${encode({ alg: "none" })}.${encode(claims)}.`,
    "of no algorithm, upper case": `${encode({ alg: "NONE", typ: "JWT" })}.${encode(claims)}.`,
    "without a signature": `${head}.${body}.`,
    "signed by another secret": jwt({ alg: "HS256" }, claims, `${secret}x`),
    "signed by an empty secret": jwt({ alg: "HS256" }, claims, ""),
    "of another algorithm": jwt({ alg: "HS512" }, claims, secret),
    "that names its own key": jwt({ alg: "HS256", jwk: { kty: "oct", k: "eA" } }, claims, "x"),
    "that names a place for keys": jwt({ alg: "RS256", jku: "http://127.0.0.1:9/keys" }, claims, secret),
    "with a path for a key": jwt({ alg: "HS256", kid: "../../dev/null" }, claims, ""),
    "with other claims": `${head}.${encode({ ...claims, role: "auditor" })}.${sign}`,
    "that is over": jwt({ alg: "HS256" }, { ...claims, iat: now - 900, exp: now - 300 }, secret),
    "that is not yet": jwt({ alg: "HS256" }, { ...claims, nbf: now + 900 }, secret),
    "with an end that is no number": jwt({ alg: "HS256" }, { ...claims, exp: "never" }, secret),
  };
}

/** Whoever asks with them must be nobody. */
export const forgedTokensAndOrigins: Attack = {
  name: "forged tokens and origins",
  by: "stranger",
  target: "the REST routes and the sockets",
  judged: "an answer other than a refusal, or none",
  full: 1,
  bounded: 1,
  async run(): Promise<AttackResult> {
    const site = "https://www.example.com";
    const stack = await startStack({ jwtSecret: secret, allowedOrigins: [site], logLevel: "silent" });
    try {
      const tokens = await againstTokens(stack.server);
      const origins = await againstOrigins(stack.server, site);
      return {
        tries: tokens.tries + origins.tries,
        through: [...tokens.through, ...origins.through],
        note: `${tokens.tries} with tokens, ${origins.tries} with origins`,
      };
    } finally {
      await stack.close();
    }
  },
};

/** Routes that want a token, by whose. */
const agents: [string, string, object?][] = [
  ["POST", paths.agentRequest, { name: "Eve" }],
  ["POST", paths.agentLiveJoin, { name: "Eve", passphrase: "0000 0000" }],
  ["POST", paths.agentInviteJoin, { name: "Eve", key: "0000 0000" }],
  ["POST", paths.agentSupervise, { name: "Eve", sessionId: "x" }],
  ["GET", paths.agentSessions],
  ["GET", `${paths.audit}/sessions`],
  ["GET", `${paths.audit}/sessions/x/events`],
  ["GET", `${paths.audit}/export?format=csv`],
  ["GET", `${paths.admin}/me`],
  ["GET", `${paths.admin}/policy`],
  ["PUT", `${paths.admin}/policy`, { version: 0, policy: {} }],
  ["POST", `${paths.admin}/sessions/x/end`, {}],
];
const seats: [string, string, object?][] = [
  ["GET", paths.agentStatus],
  ["POST", paths.agentJoin],
  ["POST", paths.agentLogout, {}],
  ["GET", paths.customerStatus],
  ["POST", paths.customerLogout, {}],
];

async function againstTokens(server: string): Promise<{ tries: number; through: string[] }> {
  const through: string[] = [];
  let tries = 0;
  const both = await startBoth(server);
  if ((await ask(server, "GET", `${paths.admin}/me`, { token: good })).status !== 200)
    through.push("nothing: a token that is good is refused too");
  const forged: Record<string, string | undefined> = { "that is missing": undefined, ...forgedTokens() };
  const wrongSeat: Record<string, string> = {
    "of the customer's seat": both.customer.token,
    "of the agent's seat": both.agent.token,
  };
  for (const [method, path, body] of [...agents, ...seats])
    for (const [how, token] of Object.entries(
      agents.some(([, one]) => one === path) ? { ...forged, ...wrongSeat } : forged,
    )) {
      tries++;
      const { status } = await ask(server, method, path, { body, token });
      if (status !== 401 && status !== 403) through.push(`${method} ${path} with a token ${how}: ${status}`);
    }
  // A seat is its role's alone.
  const others: [string, string, string][] = [
    ["GET", paths.agentStatus, both.customer.token],
    ["POST", paths.agentLogout, both.customer.token],
    ["GET", paths.customerStatus, both.agent.token],
    ["POST", paths.customerLogout, both.agent.token],
  ];
  for (const [method, path, token] of others) {
    tries++;
    const { status } = await ask(server, method, path, { token, ...(method === "POST" && { body: {} }) });
    if (status !== 401 && status !== 403) through.push(`${method} ${path} with the other's seat: ${status}`);
  }
  const sockets: [Role, string, string][] = [
    ["customer", "of the agent's seat", both.agent.token],
    ["agent", "of the customer's seat", both.customer.token],
    ...(["customer", "agent"] as const).flatMap((role) =>
      Object.entries(forgedTokens()).map(([how, token]) => [role, how, token] as [Role, string, string]),
    ),
  ];
  for (const [role, how, token] of sockets) {
    tries++;
    const line = new Line(server, role);
    await line.opened;
    await line.send(hello(token));
    const code = await Promise.race([
      line.ended,
      new Promise<number>((resolve) => setTimeout(resolve, 5_000, 0)),
    ]);
    if (line.seen.includes("welcome") || code < 4_000)
      through.push(`the ${role}'s socket with a token ${how}: closed with ${code}`);
    line.end();
  }
  return { tries, through };
}

async function againstOrigins(server: string, site: string): Promise<{ tries: number; through: string[] }> {
  const through: string[] = [];
  let tries = 0;
  const forged = [
    "https://evil.example",
    "null",
    "",
    `${site}.evil.example`,
    `${site}:444`,
    site.replace("https", "http"),
    site.replace("www.", ""),
    `${site}/`,
    `https://evil.example#${site}`,
    site.toUpperCase(),
    `${site} https://evil.example`,
    "file://",
    "chrome-extension://abc",
  ];
  const routes: [string, string, object?][] = [
    ["POST", paths.customerRequest, { name: "Eve" }],
    ["POST", paths.customerJoin, { name: "Eve", passphrase: "0000 0000" }],
    ["GET", paths.customerPolicy],
    ["GET", paths.serverStatus],
    ["POST", paths.agentSignIn, { name: "Eve", code: "x" }],
    ...agents,
  ];
  if ((await ask(server, "GET", paths.customerPolicy, { headers: { origin: site } })).status !== 200)
    through.push("nothing: an origin that is allowed is refused too");
  for (const origin of forged) {
    for (const [method, path, body] of routes) {
      tries++;
      const answer = await ask(server, method, path, { body, headers: { origin } });
      if (answer.status !== 403)
        through.push(`${method} ${path} from ${JSON.stringify(origin)}: ${answer.status}`);
    }
    for (const role of ["customer", "agent"] as const) {
      tries += 2;
      const line = new Line(server, role, { origin });
      if (await line.opened) through.push(`the ${role}'s socket opens from ${JSON.stringify(origin)}`);
      line.end();
      const path = role === "customer" ? paths.customerSocket : paths.agentSocket;
      const { status } = await ask(server, "POST", `${path}/000/${tries}/xhr`, {
        body: "",
        headers: { origin },
      });
      if (status !== 403) through.push(`SockJS as ${role} from ${JSON.stringify(origin)}: ${status}`);
    }
  }
  return { tries, through };
}
