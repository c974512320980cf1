import { CataloguedError, paths } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { callerOf } from "../../auth/caller.ts";
import type { Config } from "../../config/index.ts";
import { bearer, optionalBearer } from "../bearer.ts";
import * as schemas from "../schemas/sessions.ts";
import { agentToken, created, failures, joined, participantToken, type SessionRoutes } from "./context.ts";
import { byKey } from "./keys.ts";

/** What desks have to know of the settings. */
type DeskSettings = Pick<Config, "keyDigits" | "customerPage" | "presence">;

/** What the agent's desk calls, and the development sign-in. */
export function agentRoutes(context: SessionRoutes, config: DeskSettings): FastifyPluginAsyncTypebox {
  return async (app) => {
    const { sessions, agents, guesses } = context;
    const base = { tags: ["agent"], security: agentToken };

    app.post(
      paths.agentRequest,
      {
        schema: {
          ...base,
          summary: "Make a session key; with autojoin, join at once",
          body: schemas.AgentRequest,
          response: { 201: schemas.TicketAnswer, ...failures },
        },
      },
      async (request, reply) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.work", callerOf(request));
        const { name, locale, autojoin = false } = request.body;
        const ticket = await sessions.createByAgent({ agentId, name, locale, autojoin });
        return reply.status(201).send(await created(ticket, context));
      },
    );

    app.post(
      paths.agentJoin,
      {
        schema: {
          tags: ["agent"],
          summary: "Join with the token of the session that was requested with autojoin false",
          security: participantToken,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => joined(await sessions.joinByAgent(bearer(request)), context),
    );

    app.post(
      paths.agentLiveJoin,
      {
        schema: {
          ...base,
          summary: "Join a customer who has started a session and waits",
          body: schemas.AgentLiveJoin,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.work", callerOf(request));
        const { name, passphrase } = request.body;
        const ticket = await byKey(guesses, { agentId }, passphrase, (digits) =>
          sessions.joinLive({ agentId, name, passphrase: digits }),
        );
        return joined(ticket, context);
      },
    );

    app.post(
      paths.agentInviteJoin,
      {
        schema: {
          ...base,
          summary: "Join a colleague's session by an invitation",
          body: schemas.AgentInviteJoin,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request));
        const { name, key } = request.body;
        const ticket = await byKey(guesses, { agentId }, key, (digits) =>
          sessions.joinInvited({ agentId, name, key: digits }),
        );
        return joined(ticket, context);
      },
    );

    app.get(
      paths.agentSessions,
      {
        schema: {
          ...base,
          summary: "Sessions under way, for who oversees them",
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
          ...base,
          summary: "Join any live session, as a supervisor",
          body: schemas.AgentSupervise,
          response: { 200: schemas.TicketAnswer, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.verify(optionalBearer(request), "session.oversee");
        const { name, sessionId, silent = false } = request.body;
        return joined(await sessions.supervise({ agentId, name, sessionId, silent }), context);
      },
    );

    app.get(
      paths.agentSignInWays,
      {
        schema: {
          tags: ["agent"],
          summary: "How agents may sign in at this server",
          response: { 200: schemas.SignInWays, ...failures },
        },
      },
      async () => agents.ways,
    );

    app.get(
      paths.agentIdentity,
      {
        schema: {
          ...base,
          summary: "Who the caller is by token, proxy or network",
          response: { 200: schemas.Identity, ...failures },
        },
      },
      async (request) => {
        const known = await agents.known(optionalBearer(request), callerOf(request));
        const identity = known ?? (await agents.identify(optionalBearer(request)));
        const { keyDigits, customerPage, presence } = config;
        return { ...identity, desk: { keyDigits, presence, ...(customerPage ? { customerPage } : {}) } };
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
        const token = await guesses.guess(
          "sign-in",
          { address: request.ip },
          () => agents.signInForDevelopment(name, code, role),
          (error) => error instanceof CataloguedError && error.name === "AGENT_AUTH_INVALID",
        );
        return { token, name };
      },
    );
  };
}
