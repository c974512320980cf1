import { paths, type Role } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { bearer } from "../bearer.ts";
import * as schemas from "../schemas/sessions.ts";
import { failures, participantToken, type SessionRoutes } from "./context.ts";

const addresses = {
  customer: { logout: paths.customerLogout, status: paths.customerStatus },
  agent: { logout: paths.agentLogout, status: paths.agentStatus },
};

/** What a participant of either side asks with the token of its seat. */
export function seatRoutes({ sessions, stored }: SessionRoutes, role: Role): FastifyPluginAsyncTypebox {
  const { logout, status } = addresses[role];
  const base = { tags: [role], security: participantToken };
  return async (app) => {
    app.post(
      logout,
      {
        schema: {
          ...base,
          summary: "Leave: the session ends for both sides",
          body: schemas.Logout,
          response: { 200: schemas.LoggedOut, ...failures },
        },
      },
      async (request) => {
        const sessionId = await sessions.logout(bearer(request), role, request.body);
        await stored(sessionId);
        return { loggedOut: true as const };
      },
    );

    app.get(
      status,
      {
        schema: {
          ...base,
          summary: `Status of the ${role}`,
          response: { 200: schemas.Status, ...failures },
        },
      },
      async (request) => sessions.status(bearer(request), role),
    );
  };
}
