import { createServer } from "node:http";
import Provider from "oidc-provider";
import { freePort } from "../../scripts/lib/free-port.mjs";

export const clientId = "copane-desk";

export interface SignInSite {
  /** As its tokens name it. */
  issuer: string;
  /** Begins to answer, for the desk at `server`. */
  open(server: string): Promise<void>;
  close(): void;
}

/** A company's sign-in: a real OpenID Connect provider on this machine. Everybody is Grace, a supervisor. */
export async function signInSite(idTokenSeconds: number): Promise<SignInSite> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  let close = () => {};
  return {
    issuer,
    async open(server) {
      const desk = `${server}/desk/`;
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: clientId,
            token_endpoint_auth_method: "none",
            redirect_uris: [desk],
            post_logout_redirect_uris: [desk],
            grant_types: ["authorization_code", "refresh_token"],
            response_types: ["code"],
          },
        ],
        clientBasedCORS: () => true,
        conformIdTokenClaims: false,
        claims: { openid: ["sub"], profile: ["name", "role"] },
        findAccount: (_context, id) => ({
          accountId: id,
          claims: () => ({ sub: id, name: "Grace Hopper", role: "supervisor" }),
        }),
        pkce: { required: () => true },
        issueRefreshToken: async (_context, client) => client.grantTypeAllowed("refresh_token"),
        ttl: { IdToken: idTokenSeconds },
      });
      const site = createServer(provider.callback());
      await new Promise<void>((resolve) => site.listen(port, "127.0.0.1", resolve));
      close = () => {
        site.close();
        site.closeAllConnections();
      };
    },
    close: () => close(),
  };
}
