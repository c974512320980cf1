import { signCustomerIdentity } from "@copane/node";
import { secrets } from "../lib/secrets.mjs";

/** The site's own server: it knows by its own sign-in who asks. Here everybody is Ada. */
const customer = {
  id: "c-17",
  name: "Ada Lovelace",
  metadata: { ticket: "T-17", plan: "gold" },
  seconds: 300,
};

export const routes = {
  "GET /identity": async (_request, response) =>
    response
      .writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" })
      .end(await signCustomerIdentity(secrets.identities, customer)),
};
