import type { CustomerJoinBody, CustomerPolicy, CustomerRequestBody } from "@copane/protocol";
import * as paths from "@copane/protocol/paths";
import { RestClient } from "../rest/rest.ts";
import { ParticipantSession } from "../session.ts";
import type { CustomerEvents } from "./options.ts";

/** What a customer asks the server before there is a session, and the two ways into one. */
export abstract class JoiningCustomer extends ParticipantSession<CustomerEvents> {
  protected override readonly rest = new RestClient(this.options.server);

  /** Starts a session; the passphrase for the agent is in `session`. Rejects with CopaneError. */
  async start(wish: CustomerRequestBody): Promise<void> {
    this.enter(await this.rest.call("POST", paths.customerRequest, { body: wish }));
  }

  /** Joins the session that an agent started. Rejects with CopaneError. */
  async join(wish: CustomerJoinBody): Promise<void> {
    this.enter(await this.rest.call("POST", paths.customerJoin, { body: wish }));
  }

  /** What the site says before a session. Rejects with CopaneError. */
  sitePolicy(): Promise<CustomerPolicy> {
    return this.rest.call("GET", paths.customerPolicy);
  }
}
