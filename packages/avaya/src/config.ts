/** Where the server is. */
export class ServerInfo {
  hostName = "";
  /** A string in every page that is known; a number does as well. */
  port: string | number = "";
  isSecure: boolean | string = false;
}

/** What `createCustomerCobrowse` and `createAgentCobrowse` take. */
export class CoBrowseConfiguration {
  serverInfo: ServerInfo = new ServerInfo();
  /** A disabled instance does nothing. */
  enabled: boolean | string = false;
  /** Not Avaya's: the agent's JWT, where the server asks for one. */
  agentToken?: string;
}

/** Any object with the same properties is taken as a configuration. */
export type Configuration = Partial<Omit<CoBrowseConfiguration, "serverInfo">> & {
  serverInfo?: Partial<ServerInfo>;
};

/** The server's base URL; without a host name the page's own. */
export function serverOf({ serverInfo = {} }: Configuration): string {
  const { hostName = "", port = "", isSecure = false } = serverInfo;
  if (!hostName) return location.origin;
  return `http${isTrue(isSecure) ? "s" : ""}://${hostName}${String(port) ? `:${port}` : ""}`;
}

/** Pages take settings from attributes and forms: "true" is meant. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}
