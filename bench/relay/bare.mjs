import { WebSocketServer } from "ws";

/** What the server is held against: the same library, which passes on what comes and knows nothing. */
const pairs = new Map();
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", (socket, { url = "" }) => {
  const [, side, number] = url.split("/");
  const pair = pairs.get(number) ?? {};
  pairs.set(number, pair);
  pair[side] = socket;
  const other = side === "customer" ? "agent" : "customer";
  socket.on("message", (data, binary) => pair[other]?.send(data, { binary }));
});
server.on("listening", () => console.log(`listens on http://127.0.0.1:${server.address().port}`));
