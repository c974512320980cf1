/** Reasons in words, by the codes of the network, TLS, PostgreSQL and Redis. */
const words: Record<string, string> = {
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "the connection was cut",
  EHOSTUNREACH: "no way leads to that machine",
  ENETUNREACH: "no way leads to that network",
  ENOTFOUND: "the name of the machine is not known",
  EAI_AGAIN: "the name server does not answer",
  ETIMEDOUT: "no answer in time",
  EACCES: "it is not allowed",
  EPERM: "it is not allowed",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is not a folder",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is not trusted; NODE_EXTRA_CA_CERTS adds an authority",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is not trusted; NODE_EXTRA_CA_CERTS adds an authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is not trusted; NODE_EXTRA_CA_CERTS adds an authority",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  "28P01": "user or password is wrong",
  "28000": "the user may not connect",
  "3D000": "there is no such database",
  "42501": "the user may not read there",
  "53300": "it has too many connections",
  "57P03": "it is starting or stopping",
  WRONGPASS: "user or password is wrong",
  NOAUTH: "it wants a password",
  NOPERM: "the user may not run the commands, keys or channels that servers use (copane:*)",
  READONLY: "it is a replica, which cannot be written to",
  LOADING: "it is still loading its data",
  OOM: "its memory is full",
  ConnectionTimeoutError: "no answer in time",
  ClientOfflineError: "no connection",
  ERR_INVALID_URL:
    "the address cannot be read; signs like % / @ # in a password are written as %25 %2F %40 %23",
  URIError: "the address cannot be read; signs like % / @ # in a password are written as %25 %2F %40 %23",
  MOVED: "it is part of a cluster; the address must begin with redis+cluster://",
};

/** Why something failed, without a word of what was sent: messages of drivers quote addresses and passwords. */
export function reasonOf(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  if (code === undefined && typeof cause === "object" && cause !== null) return reasonOf(cause);
  if (name === "TimeoutError" || name === "AbortError") return "no answer in time";
  const told = code ?? name ?? "unknown";
  // Drivers say so when time is up.
  if (told === "Error") return "it does not answer";
  return words[told] ? `${words[told]} (${told})` : told;
}

/** Rejects as a time-out when work takes too long. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" });
    const timer = setTimeout(() => reject(late), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
