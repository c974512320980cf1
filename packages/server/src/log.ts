import { type Logger, pino } from "pino";

/** The server's log: JSON lines, readable ones on a terminal. Never holds bodies, tokens or page content. */
export function createLog(level: string): Logger {
  const pretty = process.stdout.isTTY && process.env.NODE_ENV !== "production";
  return pino({
    level,
    redact: ["req.headers.authorization", "req.headers.cookie", "headers.authorization"],
    ...(pretty
      ? { transport: { target: "pino-pretty", options: { ignore: "pid,hostname", singleLine: true } } }
      : {}),
  });
}
