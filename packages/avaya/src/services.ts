import { AgentCobrowse } from "./agent.ts";
import { AnnotationShapeInfo, AnnotationShapeType } from "./annotations.ts";
import { CoBrowseError, CobrowsePromise } from "./base.ts";
import { CoBrowseConfiguration, type Configuration, isTrue, ServerInfo } from "./config.ts";
import { CustomerCobrowse } from "./customer.ts";
import { CobrowseSessionInfo } from "./info.ts";
import { type Logger, registerLogger } from "./logger.ts";

let customer: CustomerCobrowse | undefined;
let agent: AgentCobrowse | undefined;

/** The SDK's one global: what Avaya's pages name, on top of Copane. */
export class AvayaCoBrowseClientServices {
  static readonly Config = { CoBrowseConfiguration, ServerInfo };
  static readonly Base = { CoBrowseError, CobrowsePromise, CobrowseSessionInfo };
  static readonly Services = {
    Cobrowse: {
      Customer: { CustomerCobrowse },
      Agent: { AgentCobrowse },
      Common: { AnnotationShapeInfo, AnnotationShapeType },
    },
  };
  readonly #config: Configuration;

  constructor(config: Configuration = {}) {
    this.#config = config;
  }

  registerLogger(logger: Logger): void {
    registerLogger(logger);
  }

  /** One instance a window: a second call gives the first one again, unless that was disabled. */
  createCustomerCobrowse(config: Configuration = this.#config): CustomerCobrowse {
    if (!isTrue(config.enabled)) return new CustomerCobrowse(config);
    customer ??= new CustomerCobrowse(config);
    return customer;
  }

  /** One instance a window, as for the customer. */
  createAgentCobrowse(config: Configuration = this.#config): AgentCobrowse {
    if (!isTrue(config.enabled)) return new AgentCobrowse(config);
    agent ??= new AgentCobrowse(config);
    return agent;
  }
}
