/** A port of 127.0.0.1 that nobody listens at. Another program may take it before it is used. */
export function freePort(): Promise<number>;
