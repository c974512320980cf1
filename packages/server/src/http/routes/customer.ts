import { CataloguedError, type CustomerRequestBody, type CustomerView, paths } from "@copane/protocol";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { networksOf } from "../../auth/network-of.ts";
import type { Policies } from "../../policy/index.ts";
import type { Sessions } from "../../sessions/index.ts";
import { optionalBearer } from "../bearer.ts";
import { CustomerPolicy } from "../schemas/admin.ts";
import * as schemas from "../schemas/sessions.ts";
import { created, failures, joined, type SessionRoutes } from "./context.ts";
import { byKey } from "./keys.ts";

/** What the customer's page calls. */
export function customerRoutes(context: SessionRoutes, policies: Policies): FastifyPluginAsyncTypebox {
  return async (app) => {
    const { sessions, guesses, customers } = context;
    /** The name that the identity says stands in place of what the page says. */
    const whoIsIt = async ({ name, identity, metadata, reference }: CustomerRequestBody) => {
      const known = identity === undefined ? undefined : await customers.verify(identity);
      const customer: CustomerView = {
        ...(known ? { id: known.id } : {}),
        ...(known?.metadata ? { metadata: known.metadata } : {}),
        ...(metadata && Object.keys(metadata).length > 0 ? { unverified: metadata } : {}),
        ...(reference === undefined ? {} : { reference }),
      };
      const said = Object.keys(customer).length > 0;
      return { name: known?.name ?? name, customer: said ? customer : undefined };
    };

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
      async (request, reply) => {
        const { locale } = request.body;
        const { name, customer } = await whoIsIt(request.body);
        const networks = networksOf(request.ip);
        const ticket = await sessions.createByCustomer({ name, locale, customer, networks });
        return reply.status(201).send(await created(ticket, context));
      },
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
        const { passphrase } = request.body;
        // A page that lost the answer, or was opened twice, may hold the customer's seat already.
        await refuseSeated(request, sessions);
        const { name, customer } = await whoIsIt(request.body);
        const ticket = await byKey(guesses, { address: request.ip }, passphrase, (digits) =>
          sessions.joinByCustomer({ name, passphrase: digits, customer }),
        );
        return joined(ticket, context);
      },
    );

    app.get(
      paths.customerPolicy,
      {
        schema: {
          tags: ["customer"],
          summary: "What a page must know before a session",
          response: { 200: CustomerPolicy, ...failures },
        },
      },
      async () => ({ consentText: policies.policy.consentText }),
    );
  };
}

/** A customer who is in a live session may not join another (Avaya's wording). */
async function refuseSeated(request: FastifyRequest, sessions: Sessions): Promise<void> {
  const token = optionalBearer(request);
  if (token === undefined) return;
  const { session } = await sessions.status(token, "customer");
  if (session.state !== "closed") throw new CataloguedError("ALREADY_JOINED");
}
