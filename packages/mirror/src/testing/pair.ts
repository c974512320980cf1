import { type WebSocket, WebSocketServer } from "ws";
import type { Engine, EnginePage } from "../../../../scripts/drivers/index.ts";
import type { ControlPolicy } from "../control/index.ts";
import { servePages } from "./serve-pages.ts";

/**
 * A customer's page and an agent's replica of it, each in a browser of any engine, joined without our server. The
 * agent's page shows the replica alone, so the same point of the viewport is the same place on both sides.
 */
export class Pair {
  readonly customer: EnginePage;
  readonly agent: EnginePage;
  readonly #close: () => void;

  private constructor(customer: EnginePage, agent: EnginePage, close: () => void) {
    this.customer = customer;
    this.agent = agent;
    this.#close = close;
  }

  static async open(
    engines: { customer: Engine; agent: Engine },
    html: string,
    policy: ControlPolicy = {},
  ): Promise<Pair> {
    const server = await serve(html);
    const [customer, agent] = await Promise.all([
      engines.customer.open(`${server.url}/customer`),
      engines.agent.open(`${server.url}/agent`),
    ]);
    await agent.evaluate(() => window.copaneTest.joinAgent());
    await customer.evaluate((given) => window.copaneTest.joinCustomer(given), policy);
    await agent.waitFor(() => window.side.ready());
    return new Pair(customer, agent, server.close);
  }

  /** Waits until all that was sent has come and neither side has sent anything since. */
  async settle(): Promise<void> {
    for (let before = ""; ; ) {
      const [customer, agent] = [await turn(this.customer), await turn(this.agent)];
      const counts = JSON.stringify([customer, agent]);
      const arrived = customer.sent === agent.received && agent.sent === customer.received;
      if (arrived && counts === before) return;
      before = counts;
    }
  }

  /** What the page heard since this was asked last. */
  events(): Promise<string[]> {
    return this.customer.evaluate(() => window.events.splice(0));
  }

  notices(): Promise<unknown[]> {
    return this.agent.evaluate(() => window.side.notices);
  }

  /** Where an element of the customer's page is: its middle, or a place in it in CSS pixels from its corner. */
  at(selector: string, from?: readonly [x: number, y: number]): Promise<[x: number, y: number]> {
    return this.customer.evaluate(
      (wanted, [dx, dy]) => {
        const box = document.querySelector(wanted)?.getBoundingClientRect() as DOMRect;
        return [box.left + (dx ?? box.width / 2), box.top + (dy ?? box.height / 2)] as [number, number];
      },
      selector,
      from ?? ([] as number[]),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.customer.close(), this.agent.close()]);
    this.#close();
  }
}

/** The counts of one side, after it has had time for what came and for what that brings about. */
function turn(page: EnginePage): Promise<{ sent: number; received: number }> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
    return window.traffic;
  });
}

/** Serves both pages, and carries what one sends to the other. */
async function serve(html: string): Promise<{ url: string; close: () => void }> {
  const { server, url } = await servePages("in-page-control.ts", { customer: html, agent: "" });
  const sockets = new Map<string, WebSocket>();
  const early = new Map<string, string[]>();
  new WebSocketServer({ server }).on("connection", (socket, request) => {
    const [mine, other] = request.url === "/customer" ? ["customer", "agent"] : ["agent", "customer"];
    sockets.set(mine, socket);
    for (const message of early.get(mine) ?? []) socket.send(message);
    early.delete(mine);
    socket.on("message", (data) => {
      const to = sockets.get(other);
      if (to) to.send(String(data));
      else early.set(other, [...(early.get(other) ?? []), String(data)]);
    });
  });
  return {
    url,
    close: () => {
      for (const socket of sockets.values()) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}
