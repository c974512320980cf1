import { paths } from "@copane/protocol";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";

const description = `Sessions of the Copane co-browsing server.

The paths are those of the Avaya Co-Browsing Snap-in; verbs, bodies, error codes, tokens and statuses are
Copane's own, since Avaya publishes none. Answers to a request or join carry a **participant token**: send it as
bearer token with logout and status, and in the \`hello\` of the socket. Agents first need an **agent token** (JWT).

Every error has the shape \`{"error": {"code", "name", "message"}}\`; numbers are stable.`;

/** Our own name, in place of that of the page's maker. */
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">' +
  '<text x="0" y="28" font-family="system-ui, sans-serif" font-size="26" font-weight="700" fill="#fff">Copane</text></svg>';

/** The OpenAPI document, from the schemas that validate, and a page to read it. */
export async function installDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Copane REST API",
        version,
        description,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      tags: [
        { name: "customer", description: "What the customer's page calls" },
        { name: "agent", description: "What the agent's desk calls" },
        { name: "audit", description: "What happened: for supervisors, admins and auditors" },
        { name: "admin", description: "Live sessions and the site's policy" },
        { name: "server", description: "The server itself" },
      ],
      components: {
        securitySchemes: {
          participantToken: { type: "http", scheme: "bearer", description: "Token from a request or join." },
          agentToken: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "JWT",
            description: "The agent's sign-in.",
          },
        },
      },
    },
  });
  app.get(paths.openapi, { schema: { hide: true } }, async () => anywhere(app.swagger()));
  await app.register(swaggerUi, {
    routePrefix: paths.docs,
    staticCSP: false,
    theme: { title: "Copane REST API", favicon: [] },
    logo: { type: "image/svg+xml", content: Buffer.from(logo) },
    uiConfig: { docExpansion: "list" },
    transformSpecification: anywhere,
    // Without its slash at the end the page would name its files by addresses that no path prefix survives.
    uiHooks: {
      onRequest: async (request, reply) => {
        const [path = ""] = request.url.split("?", 1);
        if (path.endsWith("/static/index.html")) return reply.redirect("../");
        if (!path.endsWith("/docs")) return;
        return reply.redirect("docs/");
      },
    },
  });
}

/** Names the server relative to the document, which is as deep at both of its addresses: right behind any prefix. */
function anywhere(document: object): Record<string, unknown> {
  return { ...document, servers: [{ url: "../../../", description: "This server" }] };
}
