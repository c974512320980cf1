import { connect, type Socket } from "node:net";
import { encodeFrame, FrameType, paths } from "@copane/protocol";
import { type Stack, startStack } from "../../support/stack.ts";
import { ask, hello, honestPair, Line, startBoth } from "../peer.ts";
import type { Attack, AttackResult } from "../types.ts";

/** One host, or one network, asks for more than anybody needs. */
export const floods: Attack = {
  name: "floods",
  by: "stranger",
  target: "the server's room: sessions, connections, queues, time",
  judged:
    "an honest pair from elsewhere that is refused or not welcomed while it lasts, a flood that is not ended",
  full: 10_000,
  bounded: 600,
  async run(_context, most): Promise<AttackResult> {
    const through: string[] = [];
    let tries = 0;
    const notes: string[] = [];
    for (const [name, flood] of Object.entries(kinds)) {
      const stack = await startStack({ trustProxy: true, requestsPerMinute: 1_000_000, logLevel: "silent" });
      try {
        const { count, end, faults } = await flood(stack, most);
        tries += count;
        through.push(...faults.map((fault) => `${name}: ${fault}`));
        const began = performance.now();
        const refused = await honestPair(stack.server);
        if (refused) through.push(`${name}: ${refused}`);
        notes.push(`${name} ${Math.round(performance.now() - began)} ms`);
        end();
      } finally {
        await stack.close();
      }
    }
    return { tries, through, note: `an honest pair meanwhile: ${notes.join(", ")}` };
  },
};

interface Flood {
  count: number;
  faults: string[];
  end(): void;
}

const nothing = () => {};
const from = (i: number) => ({ "x-forwarded-for": `2001:db8:1::${(i % 35).toString(16)}` });

const kinds: Record<string, (stack: Stack, most: number) => Promise<Flood>> = {
  async "waiting sessions"({ server }, most) {
    let made = 0;
    for (let i = 0; i < most; i++) {
      const { status } = await ask(server, "POST", paths.customerRequest, {
        body: { name: "Eve" },
        headers: from(i),
      });
      if (status < 300) made++;
    }
    return { count: most, faults: made > 500 ? [`${made} sessions of one network wait`] : [], end: nothing };
  },

  async "sockets that say nothing"({ server }, most) {
    const lines = Array.from(
      { length: Math.min(most, 2_000) },
      (_, i) => new Line(server, "customer", from(i)),
    );
    await Promise.all(lines.map((line) => Promise.race([line.opened, line.ended])));
    return { count: lines.length, faults: [], end: () => lines.forEach((line) => void line.end()) };
  },

  async "requests that do not end"({ server }, most) {
    const { hostname, port } = new URL(server);
    const sockets: Socket[] = [];
    for (let i = 0; i < Math.min(most, 500); i++) {
      const socket = connect(Number(port), hostname);
      socket.on("error", nothing);
      socket.write(
        `POST ${paths.customerRequest} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 2001:db8:1::1\r\nContent-Length: 900\r\n`,
      );
      sockets.push(socket);
    }
    return {
      count: sockets.length,
      faults: [],
      end: () => sockets.forEach((socket) => void socket.destroy()),
    };
  },

  async "frames of a customer"({ server }, most) {
    const { customer } = await startBoth(server);
    const line = new Line(server, "customer");
    await line.opened;
    await line.send(hello(customer.token));
    await line.comes("welcome");
    const frame = encodeFrame({ type: FrameType.mirror, flags: 1, page: 1, epoch: 1 }, new Uint8Array(64));
    const wanted = Math.max(most * 4, 20_000);
    let count = 0;
    for (; count < wanted && line.closed === undefined; count++) await line.send(frame);
    const code = await Promise.race([
      line.ended,
      new Promise<number>((resolve) => setTimeout(resolve, 3_000, 0)),
    ]);
    return {
      count,
      faults: code === 0 ? [`${count} frames in a row did not end the socket`] : [],
      end: () => line.end(),
    };
  },

  async "messages of an agent"({ server }, most) {
    const { agent } = await startBoth(server);
    const line = new Line(server, "agent");
    await line.opened;
    await line.send(hello(agent.token));
    await line.comes("welcome");
    let count = 0;
    for (; count < Math.max(most, 2_000) && line.closed === undefined; count++)
      await line.send('{"t":"ping"}');
    const code = await Promise.race([
      line.ended,
      new Promise<number>((resolve) => setTimeout(resolve, 3_000, 0)),
    ]);
    return {
      count,
      faults: code === 0 ? [`${count} messages in a row did not end the socket`] : [],
      end: () => line.end(),
    };
  },

  async "a viewer who reads nothing"({ server }) {
    const { customer, agent } = await startBoth(server);
    const { hostname, port } = new URL(server);
    // A socket that is paused once it has said hello.
    const slow = connect(Number(port), hostname);
    slow.on("error", nothing);
    slow.write(
      `GET ${paths.agentSocket}/websocket HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA==\r\n\r\n`,
    );
    await new Promise((resolve) => slow.once("data", resolve));
    slow.write(masked(hello(agent.token)));
    await new Promise((resolve) => slow.once("data", resolve));
    slow.pause();
    const line = new Line(server, "customer");
    await line.opened;
    await line.send(hello(customer.token));
    await line.comes("welcome");
    const before = process.memoryUsage().rss;
    const large = new Uint8Array(500_000);
    let count = 0;
    for (; count < 200 && line.closed === undefined; count++)
      await line.send(
        encodeFrame(
          { type: FrameType.mirror, flags: count === 0 ? 1 : 0, page: 1, epoch: 1, seq: count },
          large,
        ),
      );
    await line.comes("mirror.resync", 2_000);
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
    return {
      count,
      faults: grown > 400 ? [`the server grew by ${Math.round(grown)} MB`] : [],
      end: () => {
        line.end();
        slow.destroy();
      },
    };
  },
};

/** A text as a client's WebSocket frame, with a mask of zeros. */
function masked(text: string): Buffer {
  const body = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([Buffer.from([0x81, 0x80 | 126]), length, Buffer.alloc(4), body]);
}
