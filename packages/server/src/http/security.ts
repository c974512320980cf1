import { CataloguedError, paths } from "@copane/protocol";
import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { OriginPolicy } from "../auth/origins.ts";
import type { RequestLimit } from "../auth/request-limit.ts";

const desk = "/desk/";
/** The live view for an iframe in other people's desks. */
const agentFrame = "/sdk/copane-agent-frame.html";

/** A page with the replica in it shows pictures, fonts and styles of the customer's site; scripts only of our own. */
const withReplica =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline' http: https: data: blob:; " +
  "img-src 'self' http: https: data: blob:; media-src http: https: data: blob:; font-src 'self' http: https: data:; " +
  "connect-src 'self' ws: wss:; frame-src 'self' about: blob:; base-uri 'self' http: https:; form-action 'none'; " +
  "frame-ancestors 'self'; manifest-src 'self'";

/** Content security policies by what is served; everything else may load nothing. */
const policies: readonly [prefix: string, policy: string][] = [
  [desk, withReplica],
  ["/sample/avaya/", withReplica],
  [
    "/sample/",
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; " +
      "connect-src 'self' ws: wss:; base-uri 'self'; object-src 'none'",
  ],
  [
    paths.docs,
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
      "connect-src 'self'; frame-ancestors 'none'; base-uri 'self'",
  ],
];
const strictest = "default-src 'none'; frame-ancestors 'none'";

/** Refused origins that are logged, once each. */
const MOST_NOTED = 100;

/** Headers, origins and the general rate limit, for every request. */
export async function installSecurity(
  app: FastifyInstance,
  options: {
    origins: OriginPolicy;
    limit: RequestLimit;
    /** Origins whose pages may have the live view in an iframe. */
    frameParents: readonly string[];
    /** Who makes a request, when a token, the proxy or the network says so. */
    known(request: FastifyRequest): Promise<string | undefined>;
    /** Where the desk signs agents in, beside this server. */
    signInOrigins(): Promise<readonly string[]>;
  },
): Promise<void> {
  const { origins, limit, frameParents, known, signInOrigins } = options;
  const ancestors = `frame-ancestors ${frameParents.length > 0 ? frameParents.join(" ") : "'none'"}`;
  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: false,
    // The server may be reached by plain http on one machine; TLS is the proxy's, and so is HSTS.
    strictTransportSecurity: false,
  });
  app.addHook("onSend", async (request, reply) => {
    const path = request.url.split("?", 1)[0] as string;
    if (path === agentFrame) {
      // Browsers that know the policy do not look at this one, and it cannot name an origin.
      reply.removeHeader("x-frame-options");
      reply.header("content-security-policy", withReplica.replace("frame-ancestors 'self'", ancestors));
      return resourcePolicy(path, reply);
    }
    const policy = policies.find(([prefix]) => path.startsWith(prefix))?.[1] ?? strictest;
    reply.header("content-security-policy", path === desk ? allowing(policy, await signInOrigins()) : policy);
    resourcePolicy(path, reply);
  });

  const refused = new Set<string>();
  app.addHook("onRequest", async (request) => {
    const { origin, host } = request.headers;
    // The customer script is public: any page may load it. What it may do is decided at the API.
    if (isPublic(request.url)) return;
    if (request.url.startsWith(`${paths.base}/`) && !origins.allows(origin, host)) {
      if (origin !== undefined && isNew(refused, origin))
        request.log.warn(
          { origin },
          "a page's origin is not allowed: is it missing in COPANE_ALLOWED_ORIGINS?",
        );
      throw new CataloguedError("ORIGIN_NOT_ALLOWED");
    }
  });
  await app.register(cors, {
    delegator: (request, callback) => {
      const { origin, host } = request.headers;
      callback(null, {
        origin: origin !== undefined && origins.allows(origin, host) ? origin : false,
        methods: ["GET", "POST", "PUT"],
        allowedHeaders: ["authorization", "content-type"],
        // A proxy in front may know the agent by its cookie; what is ours is never in one.
        credentials: true,
        maxAge: 600,
        strictPreflight: false,
      });
    },
  });

  app.addHook("onRequest", async (request) => {
    if (!request.url.startsWith(`${paths.base}/v1/`)) return;
    await limit.take(request.ip, () => known(request));
  });
}

/** The policy of a page that may call these origins too, and have frames of them. */
function allowing(policy: string, origins: readonly string[]): string {
  if (origins.length === 0) return policy;
  const also = origins.join(" ");
  return policy.replace("connect-src", `connect-src ${also}`).replace("frame-src", `frame-src ${also}`);
}

/** Notes what was not noted yet. Anybody can send any origin: no more than so many are kept. */
function isNew(noted: Set<string>, value: string): boolean {
  if (noted.has(value) || noted.size >= MOST_NOTED || value.length > 300) return false;
  noted.add(value);
  return true;
}

function isPublic(path: string): boolean {
  return path.startsWith("/sdk/") || path.startsWith(paths.sdk);
}

function resourcePolicy(path: string, reply: FastifyReply): void {
  const open = isPublic(path);
  reply.header("cross-origin-resource-policy", open ? "cross-origin" : "same-origin");
  if (open) reply.header("access-control-allow-origin", "*");
}
