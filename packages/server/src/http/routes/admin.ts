import { CataloguedError, type Permission, paths, permissionsOf } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import type { Policies } from "../../policy/index.ts";
import { optionalBearer } from "../bearer.ts";
import * as schemas from "../schemas/admin.ts";
import { agentToken, failures, type SessionRoutes } from "./context.ts";

const base = { tags: ["admin"], security: agentToken };

/** Ending a session, and the site's policy; what each route needs of a role stands with it. */
export function adminRoutes(
  { sessions, agents, stored }: SessionRoutes,
  policies: Policies,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    // Before the body is looked at: who may not do a thing learns nothing about it.
    const needs = (permission: Permission) => async (request: FastifyRequest) => {
      await agents.verify(optionalBearer(request), permission);
    };

    app.get(
      `${paths.admin}/me`,
      { schema: { ...base, summary: "Who I am", response: { 200: schemas.Me, ...failures } } },
      async (request) => {
        const { agentId, name, role } = await agents.identify(optionalBearer(request));
        return { agentId, name: name ?? null, role, permissions: [...permissionsOf[role]] };
      },
    );

    app.post(
      `${paths.admin}/sessions/:id/end`,
      {
        onRequest: needs("session.oversee"),
        schema: {
          ...base,
          summary: "End a session for everybody",
          params: schemas.SessionId,
          response: { 200: schemas.Ended, ...failures },
        },
      },
      async (request) => {
        const { agentId } = await agents.identify(optionalBearer(request));
        const { id } = request.params;
        if (!(await sessions.end(id, agentId))) throw new CataloguedError("NOT_FOUND");
        await stored(id);
        return { ended: true as const };
      },
    );

    app.get(
      `${paths.admin}/policy`,
      {
        onRequest: needs("policy.read"),
        schema: {
          ...base,
          summary: "The site's policy, or an earlier `version` of it",
          querystring: schemas.PolicyWanted,
          response: { 200: schemas.PolicyAnswer, ...failures },
        },
      },
      async ({ query: { version } }) =>
        version === undefined ? policies.current : policies.version(Number(version)),
    );

    app.get(
      `${paths.admin}/policy/history`,
      {
        onRequest: needs("policy.read"),
        schema: {
          ...base,
          summary: "Who changed the policy when",
          response: { 200: schemas.PolicyHistory, ...failures },
        },
      },
      async () => ({ versions: await policies.history() }),
    );

    app.put(
      `${paths.admin}/policy`,
      {
        onRequest: needs("policy.write"),
        schema: {
          ...base,
          summary: "Change the site's policy; in force at once, on running pages too",
          body: schemas.PolicyChange,
          response: { 200: schemas.PolicyAnswer, ...failures },
        },
        bodyLimit: 256 * 1024,
      },
      async (request) => {
        const { agentId } = await agents.identify(optionalBearer(request));
        return policies.save(request.body.policy, request.body.version, agentId);
      },
    );
  };
}
