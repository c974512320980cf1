import { CataloguedError, errorBody } from "@copane/protocol";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { StoreError } from "../store/index.ts";

/** One shape for every failure, whoever noticed it: rules, validation, parser, router. */
export function installErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | CataloguedError, request, reply) => {
    const known = toCatalogued(error);
    if (known.name === "INTERNAL") request.log.error({ err: error }, "request failed");
    if (error instanceof StoreError)
      request.log.error({ reason: error.code ?? error.name }, "store cannot be used");
    return answer(reply, known);
  });
  app.setNotFoundHandler((request: FastifyRequest, reply) => {
    const path = request.url.split("?", 1)[0] as string;
    const otherMethod = (["GET", "POST"] as const).some((method) => app.hasRoute({ method, url: path }));
    return answer(reply, new CataloguedError(otherMethod ? "METHOD_NOT_ALLOWED" : "NOT_FOUND"));
  });
}

function answer(reply: FastifyReply, error: CataloguedError): FastifyReply {
  if (error.retryAfter !== undefined) reply.header("retry-after", String(error.retryAfter));
  if (error.status === 401) reply.header("www-authenticate", "Bearer");
  return reply
    .status(error.status)
    .header("cache-control", "no-store")
    .send({ error: errorBody(error) });
}

function toCatalogued(error: FastifyError | CataloguedError): CataloguedError {
  if (error instanceof CataloguedError) return error;
  if (error instanceof StoreError)
    return new CataloguedError("STORE_UNAVAILABLE", {
      message: "The store cannot be used right now. Try again shortly.",
      cause: error,
    });
  const [first] = error.validation ?? [];
  if (first) {
    const { additionalProperty, missingProperty } = first.params as Record<string, string | undefined>;
    const field =
      additionalProperty ?? missingProperty ?? (first.instancePath.slice(1).split("/")[0] || "body");
    const message = additionalProperty
      ? "is not a known field"
      : missingProperty
        ? "is missing"
        : (first.message ?? "");
    return new CataloguedError("INVALID_FIELD", { field, message: `${field} ${message}.` });
  }
  switch (error.code) {
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
      return new CataloguedError("MALFORMED_JSON");
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new CataloguedError("BODY_TOO_LARGE");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new CataloguedError("UNSUPPORTED_MEDIA_TYPE");
  }
  if (error.statusCode === 404) return new CataloguedError("NOT_FOUND");
  // The body could not be read: a wrong length, a broken encoding.
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new CataloguedError("MALFORMED_JSON");
  }
  return new CataloguedError("INTERNAL", { cause: error });
}
