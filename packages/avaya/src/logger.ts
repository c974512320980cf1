/** What pages register to follow the SDK; any of these functions may be missing. */
export interface Logger {
  log?(message: string): void;
  info?(message: string): void;
  warn?(message: string): void;
  error?(message: string): void;
}

let registered: Logger | undefined;

export function registerLogger(logger: Logger | undefined): void {
  registered = logger;
}

/** Tells the page's logger. Never names, keys or content. */
export function report(level: "info" | "warn" | "error", message: string): void {
  const write = registered?.[level] ?? registered?.log;
  if (typeof write === "function") write.call(registered, message);
}
