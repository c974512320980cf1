import type { ErrorBody } from "./messages.ts";

/** An error a person can act on. Thrown by rules, routes, sockets and clients alike. */
export class CopaneError extends Error {
  /** Name and number from the catalogue (`errors.ts`). */
  override readonly name: string;
  readonly code: number;
  /** HTTP status of the answer; undefined where it came over a socket, or no answer came. */
  readonly status: number | undefined;
  readonly field?: string;
  readonly retryAfter?: number;

  constructor({ code, name, message, field, retryAfter }: ErrorBody, status?: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
    this.code = code;
    this.status = status;
    if (field !== undefined) this.field = field;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

/** An error as answers and messages carry it. */
export function errorBody({ code, name, message, field, retryAfter }: CopaneError): ErrorBody {
  return {
    code,
    name,
    message,
    ...(field === undefined ? {} : { field }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
