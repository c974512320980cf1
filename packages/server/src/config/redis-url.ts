/** Where Redis is, read from its URL. */
export type RedisPlace = { kind: "single"; url: string } | ManyNodes;

interface ManyNodes {
  kind: "sentinel" | "cluster";
  nodes: readonly { host: string; port: number }[];
  /** Of the group of servers that the sentinels watch. */
  name: string;
  tls: boolean;
  username?: string;
  password?: string;
}

const many = /^(rediss?)\+(sentinel|cluster):\/\/(?:([^@/]*)@)?([^/@\s]+)(?:\/(.*))?$/;

/** Reads `COPANE_REDIS_URL`. Gives what is wrong with it as a text, without the password in it. */
export function parseRedisUrl(url: string): RedisPlace | string {
  if (/^rediss?:\/\//.test(url))
    return URL.canParse(url) && new URL(url).hostname ? { kind: "single", url } : "is not a URL with a host";
  const [, protocol, kind, login = "", hosts = "", name = ""] = many.exec(url) ?? [];
  if (kind !== "sentinel" && kind !== "cluster")
    return "must begin with redis://, rediss://, redis+sentinel:// or redis+cluster://";
  if (kind === "sentinel" && !name)
    return "must name what the sentinels watch, like redis+sentinel://host:26379/main";
  if (!hosts.split(",").every((text) => URL.canParse(`http://${text}`)))
    return "has a host that cannot be read";
  const nodes = hosts.split(",").map((text) => {
    const { hostname, port } = new URL(`http://${text}`);
    return {
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || (kind === "sentinel" ? 26_379 : 6_379),
    };
  });
  const [username, ...rest] = login.split(":").map(decodeURIComponent);
  return {
    kind,
    nodes,
    name,
    tls: protocol === "rediss",
    ...(username ? { username } : {}),
    ...(rest.length > 0 ? { password: rest.join(":") } : {}),
  };
}
