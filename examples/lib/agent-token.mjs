import { signAgentToken } from "@copane/node";
import { secrets } from "./secrets.mjs";

/** The desk's own server: it knows by its own sign-in who asks. Here everybody is Robin. */
export async function agentToken(_request, response) {
  const token = await signAgentToken(secrets.agents, { id: "robin@example.com", name: "Robin" });
  response.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" }).end(token);
}
