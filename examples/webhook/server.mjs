import { verifyWebhook } from "@copane/node";
import { secrets } from "../lib/secrets.mjs";

/** What came, oldest first; each post once, though a post may be tried again. */
const events = new Map();
const MOST = 100;
const MOST_BYTES = 64 * 1024;

export const routes = {
  "POST /webhook": async (request, response) => {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return response.writeHead(413).end();
      chunks.push(chunk);
    }
    // The bytes as they came: what is parsed and written again need not be the same.
    const body = Buffer.concat(chunks);
    if (!verifyWebhook(secrets.webhooks, body, request.headers["copane-signature"]))
      return response.writeHead(401).end();
    const event = JSON.parse(body.toString());
    events.set(event.id, event);
    if (events.size > MOST) events.delete(events.keys().next().value);
    response.writeHead(204).end();
  },
  "GET /events": (_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify([...events.values()])),
};
