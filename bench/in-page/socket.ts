/** A socket to the relay, once it is open. */
export async function openSocket(relay: string): Promise<WebSocket> {
  const socket = new WebSocket(relay);
  socket.binaryType = "arraybuffer";
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  return socket;
}
