import { CataloguedError } from "@copane/protocol";
import type { FastifyRequest } from "fastify";

/** The bearer token of a request, if it has one that could be ours. */
export function optionalBearer(request: FastifyRequest): string | undefined {
  const match = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(request.headers.authorization ?? "");
  return match?.[1];
}

/** The bearer token of a request. Throws TOKEN_MISSING. */
export function bearer(request: FastifyRequest): string {
  const token = optionalBearer(request);
  if (token === undefined) throw new CataloguedError("TOKEN_MISSING");
  return token;
}
