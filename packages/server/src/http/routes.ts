import { CataloguedError, type ErrorName, PROTOCOL_VERSION, parsePassphrase, paths } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import type { AgentAuth } from "../auth/agent.ts";
import { callerOf } from "../auth/caller.ts";
import type { GuessLimiter } from "../auth/guessing.ts";
import type { SessionService } from "../sessions/index.ts";
import { optionalBearer } from "./bearer.ts";
import * as schemas from "./schemas.ts";

export interface RouteContext {
  sessions: SessionService;
  agents: AgentAuth;
  guesses: GuessLimiter;
  version: string;
}

const failures = { "4xx": schemas.ErrorAnswer, "5xx": schemas.ErrorAnswer };
const participant = [{ participantToken: [] }];
const agentToken = [{ agentToken: [] }];

/** The REST endpoints that the specification names (section 1), and the development sign-in. */
export function routes(context: RouteContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    const { sessions, agents, guesses } = context;
    app.addHook("onSend", async (_request, reply) => {
      reply.header("cache-control", "no-store");
    });

    for (const role of ["customer", "agent"] as const) {
      app.post(
        role === "customer" ? paths.customerLogout : paths.agentLogout,
        {
          schema: {
            tags: [role],
            summary: "Leave: the session ends for both sides",
            security: participant,
            body: schemas.Logout,
            response: { 200: schemas.LoggedOut, ...failures },
          },
        },
        async (request) => {
          sessions.logout(bearer(request), role, request.body.reason);
          return { loggedOut: true as const };
        },
      );
      app.get(
        role === "customer" ? paths.customerStatus : paths.agentStatus,
        {
          schema: {
            tags: [role],
            summary: `Status of the ${role}`,
            security: participant,
            response: { 200: schemas.Status, ...failures },
          },
        },
        async (request) => sessions.status(bearer(request), role),
      );
    }

    app.post(
      paths.customerRequest,
      {
        schema: {
          tags: ["customer"],
          summary: "Make a session key and join (customer-initiated, one step)",
          body: schemas.CustomerRequest,
          response: { 201: schemas.TicketAnswer, ...failures },
        },
      },
      async (request, reply) => reply.status(201).send(sessions.createByCustomer(request.body)),
    );

    app.post(
      paths.customerJoin,
      {
        schema: {
          tags: ["customer"],
          summary: "Join the session that an agent started",
          body: schemas.CustomerJoin,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => {
        // A page that lost the answer, or was opened twice, may hold the customer's seat already.
        await alreadyIn(request, sessions);
        return guarded(guesses, request.ip, request.body.passphrase, (passphrase) =>
          sessions.joinByCustomer({ name: request.body.name, passphrase }),
        );
      },
    );

    app.post(
      paths.agentRequest,
      {
        schema: {
          tags: ["agent"],
          summary: "Make a session key; with autojoin, join at once",
          security: agentToken,
          body: schemas.AgentRequest,
          response: { 201: schemas.TicketAnswer, ...failures },
        },
      },
      async (request, reply) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.work", callerOf(request));
        const { name, locale, autojoin = false } = request.body;
        return reply.status(201).send(sessions.createByAgent({ agentId, name, locale, autojoin }));
      },
    );

    app.post(
      paths.agentJoin,
      {
        schema: {
          tags: ["agent"],
          summary: "Join with the token of the session that was requested with autojoin false",
          security: participant,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => sessions.joinByAgent(bearer(request)),
    );

    app.post(
      paths.agentLiveJoin,
      {
        schema: {
          tags: ["agent"],
          summary: "Join a customer who has started a session and waits",
          security: agentToken,
          body: schemas.AgentLiveJoin,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.work", callerOf(request));
        return guarded(guesses, request.ip, request.body.passphrase, (passphrase) =>
          sessions.joinLive({ agentId, name: request.body.name, passphrase }),
        );
      },
    );

    app.post(
      paths.agentInviteJoin,
      {
        schema: {
          tags: ["agent"],
          summary: "Join a colleague's session by an invitation",
          security: agentToken,
          body: schemas.AgentInviteJoin,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request));
        return guarded(guesses, request.ip, request.body.key, (key) =>
          sessions.joinInvited({ agentId, name: request.body.name, key }),
        );
      },
    );

    app.get(
      paths.agentSessions,
      {
        schema: {
          tags: ["agent"],
          summary: "Sessions under way, for who oversees them",
          security: agentToken,
          response: { 200: schemas.LiveSessions, ...failures },
        },
      },
      async (request) => {
        await agents.verify(optionalBearer(request), "session.oversee");
        return sessions.live();
      },
    );

    app.post(
      paths.agentSupervise,
      {
        schema: {
          tags: ["agent"],
          summary: "Join any live session, as a supervisor",
          security: agentToken,
          body: schemas.AgentSupervise,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.oversee");
        const { name, sessionId, silent = false } = request.body;
        return sessions.supervise({ agentId, name, sessionId, silent });
      },
    );

    app.post(
      paths.agentSignIn,
      {
        schema: {
          tags: ["agent"],
          summary: "Development sign-in; answers 404 unless the operator asked for it",
          body: schemas.SignIn,
          response: { 200: schemas.SignInResult, ...failures },
        },
      },
      async (request) => {
        const { name, code, role } = request.body;
        await guesses.check(`sign-in ${request.ip}`);
        try {
          const token = await agents.signInForDevelopment(name, code, role);
          await guesses.succeeded(`sign-in ${request.ip}`);
          return { token, name };
        } catch (error) {
          if ((error as CataloguedError).name === "AGENT_AUTH_INVALID")
            await guesses.failed(`sign-in ${request.ip}`);
          throw error;
        }
      },
    );

    app.get(
      paths.serverStatus,
      {
        schema: {
          tags: ["server"],
          summary: "Is the co-browse server up",
          response: { 200: schemas.ServerStatus, ...failures },
        },
      },
      async () => ({ status: "up" as const, version: context.version, protocol: PROTOCOL_VERSION }),
    );
  };
}

/** Names of the errors that a wrong key answers with. */
const wrongKey: ReadonlySet<string> = new Set<ErrorName>(["PASSPHRASE_UNKNOWN", "INVITE_UNKNOWN"]);

/** Runs a join by key under the guess limit: only wrong keys count. */
async function guarded<T>(
  guesses: GuessLimiter,
  address: string,
  typed: string,
  join: (passphrase: string) => T,
): Promise<T> {
  await guesses.check(address);
  try {
    const digits = parsePassphrase(typed);
    if (digits === undefined) throw new CataloguedError("PASSPHRASE_UNKNOWN");
    const joined = join(digits);
    await guesses.succeeded(address);
    return joined;
  } catch (error) {
    if (error instanceof CataloguedError && wrongKey.has(error.name)) await guesses.failed(address);
    throw error;
  }
}

/** A customer who already sits in a live session may not join another (Avaya's wording). */
async function alreadyIn(request: FastifyRequest, sessions: SessionService): Promise<void> {
  const token = optionalBearer(request);
  if (token === undefined) return;
  const { session } = sessions.status(token, "customer");
  if (session.state !== "closed") throw new CataloguedError("ALREADY_JOINED");
}

function bearer(request: FastifyRequest): string {
  const token = optionalBearer(request);
  if (token === undefined) throw new CataloguedError("TOKEN_MISSING");
  return token;
}
