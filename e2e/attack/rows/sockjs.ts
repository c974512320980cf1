import { paths } from "@copane/protocol";
import { packageFolder } from "../../pages/modules.ts";
import { openContext } from "../../support/browser.ts";
import { html } from "../../support/http.ts";
import { transports, trySockJs } from "../../support/sockjs-page.ts";
import { startStack } from "../../support/stack.ts";
import { hello, honestPair, noteUncaught, seeded, startBoth } from "../peer.ts";
import type { Attack, AttackContext, AttackResult } from "../types.ts";

/** Requests that no SockJS client makes. */
export const sockJsRequests: Attack = {
  name: "fuzzed SockJS requests",
  by: "network",
  target: "the server's SockJS endpoints",
  judged:
    "an error that nobody caught, an answer without the headers of others, a word of ours in markup, an honest pair that is refused",
  full: 20_000,
  bounded: 600,
  async run(_context, most): Promise<AttackResult> {
    const stack = await startStack({ logLevel: "silent" });
    const through: string[] = [];
    const noted = noteUncaught(through);
    const random = seeded(most);
    const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
    const word = "<script>evil</script>";
    try {
      const { customer } = await startBoth(stack.server);
      const bodies = [
        "",
        "[",
        "[]",
        "null",
        "{}",
        '"x"',
        "[1]",
        "[null]",
        '["b"]',
        '["b%%%"]',
        JSON.stringify([word]),
        JSON.stringify([hello(customer.token), hello(customer.token)]),
        JSON.stringify(Array(2_000).fill("b")),
        "[".repeat(50_000),
        "\u0000\uffff",
        `d=${encodeURIComponent('["x"]')}`,
        "x".repeat(100_000),
      ];
      const ends =
        "xhr xhr_send xhr_streaming eventsource htmlfile jsonp jsonp_send websocket iframe.html info chunking_test .. % %00 %2e%2e".split(
          " ",
        );
      const queries = [
        "",
        "?c=x",
        `?c=${encodeURIComponent(word)}`,
        "?c=a.b.c",
        "?callback=alert",
        "?c[]=1",
        "?__proto__=1",
        "?c=x&c=y",
      ];
      for (let i = 0; i < most && through.length < 20; i++) {
        const base = one([paths.customerSocket, paths.agentSocket]);
        const ids = one([
          "/000/a",
          `/${i % 1_000}/s${i}`,
          "/a.b/c",
          "//",
          "/000/__proto__",
          "/000/constructor",
          "",
        ]);
        const path = `${base}${ids}/${one(ends)}${one(queries)}`;
        const method = one(["GET", "POST", "POST", "OPTIONS", "PUT", "DELETE"]);
        const stop = new AbortController();
        const timer = setTimeout(() => stop.abort(), 400);
        try {
          const answer = await fetch(stack.server + path, {
            method,
            signal: stop.signal,
            ...(method !== "GET" && {
              body: one(bodies),
              headers: {
                "content-type": one(["text/plain", "application/x-www-form-urlencoded", "application/json"]),
              },
            }),
          });
          const type = answer.headers.get("content-type") ?? "";
          if (answer.headers.get("x-content-type-options") !== "nosniff" && answer.status !== 404)
            through.push(`${method} ${path}: ${answer.status} without nosniff`);
          const body = type.includes("event-stream") || path.includes("streaming") ? "" : await answer.text();
          if (type.includes("html") && body.includes(word))
            through.push(`${method} ${path}: the word is in ${type}`);
        } catch {
          // A stream or a poll that waits: it was answered by its headers, or is ended by us.
        } finally {
          clearTimeout(timer);
          stop.abort();
        }
      }
      const refused = await honestPair(stack.server);
      if (refused) through.push(refused);
    } finally {
      noted();
      await stack.close();
    }
    return { tries: most, through };
  },
};

/** A page of another site borrows the server's own origin by SockJS's iframe. */
export const sockJsFrame: Attack = {
  name: "SockJS's iframe in a page that is not allowed",
  by: "site",
  target: "the check of origins",
  judged: "a connection by an iframe transport, or by any other, from an origin that is not allowed",
  full: 1,
  bounded: 1,
  async run({ browser, stack }: AttackContext): Promise<AttackResult> {
    const site = await stack.serve({
      "/dist/": `${packageFolder("sockjs-client-1-6-1")}/dist/`,
      "/": html('<!doctype html><title>x</title><script src="/dist/sockjs.min.js"></script>'),
    });
    const result: Record<string, string[]> = {};
    for (const allowed of [false, true]) {
      const own = await startStack({ allowedOrigins: allowed ? [site.origin] : ["https://www.example.com"] });
      const { customer } = await startBoth(own.server);
      const context = await openContext(browser);
      try {
        const page = await context.newPage();
        await page.goto(`${site.origin}/`);
        const through: string[] = [];
        for (const transport of transports) {
          const url = own.server + paths.customerSocket;
          const came = await page.evaluate(trySockJs, { url, transport, texts: [hello(customer.token)] });
          if (came.includes("welcome")) through.push(transport);
        }
        result[String(allowed)] = through;
      } finally {
        await context.close();
        await own.close();
      }
    }
    const through = (result.false ?? []).map(
      (transport) => `${transport} from an origin that is not allowed`,
    );
    if (result.true?.length !== transports.length)
      through.push(`nothing: allowed, only ${result.true?.join(", ")} work`);
    return { tries: transports.length, through };
  },
};
