import { html, type Routes } from "../support/http.ts";

/** What the pages in frames hold that nobody may see. */
export const frameSecrets = {
  password: "frame-password-8841",
  card: "frame-card-4111",
  byClass: "frame-class-secret",
  outside: "outside-secret",
  byOuter: "frame-outer-secret",
  byInner: "frame-inner-secret",
};

function sdk(server: string, attributes: Record<string, string>): string {
  const given = Object.entries({ "data-launcher": "off", ...attributes });
  return `<script src="${server}/sdk/copane.js" ${given.map(([name, value]) => `${name}="${value}"`).join(" ")}></script>`;
}

/** A shop with frames of other origins; `inside` are their addresses by id. */
export function shop(server: string, inside: Record<string, string>): Routes {
  const origins = [...new Set(Object.values(inside).map((url) => new URL(url).origin))];
  const frames = Object.entries(inside).map(
    ([id, url]) =>
      `<iframe id="${id}" src="${url}" style="width:420px;height:260px;border:3px solid #888"></iframe>`,
  );
  return {
    "/init.js": { type: "text/javascript", body: `copane.init({ privacy: { mask: [".outer-says"] } });` },
    "/": html(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${sdk(server, { "data-frames": origins.join(" ") })}
<script src="/init.js"></script></head>
<body style="margin:10px;font:15px sans-serif"><h1 id="title">Shop</h1><p class="outer-says">${frameSecrets.outside}</p><input id="note"><div>${frames.join("")}</div></body></html>`,
    ),
  };
}

/** A payment page that lets the pages of `parents` see it, and hides what must be hidden. */
export function payment(
  server: string,
  parents: readonly string[],
  inside: Record<string, string> = {},
): Routes {
  const frames = Object.entries(inside).map(
    ([id, url]) => `<iframe id="${id}" src="${url}" style="width:300px;height:120px"></iframe>`,
  );
  const origins = Object.values(inside).map((url) => new URL(url).origin);
  const attributes = {
    "data-parents": parents.join(" "),
    ...(origins.length > 0 ? { "data-frames": origins.join(" ") } : {}),
  };
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Payment</title>${sdk(server, attributes)}
<script>copane.init({ privacy: { mask: [".inner-says"] } })</script>
<style>body{margin:8px;font:14px sans-serif} #pay{width:120px;height:30px}${".of-a-library{color:red} ".repeat(200)}</style></head><body>
<p id="public">Pay with your card</p>
<input id="holder" placeholder="Name"><input id="secret" type="password" value="${frameSecrets.password}">
<input id="card" autocomplete="cc-number" value="${frameSecrets.card}">
<p class="avcobrowse-mask">${frameSecrets.byClass}</p>
<p class="outer-says">${frameSecrets.byOuter}</p><p class="inner-says">${frameSecrets.byInner}</p>
<button id="pay" onclick="this.textContent = 'Paid ' + ++this.value" value="0">Pay</button>${frames.join("")}
</body></html>`;
  return { "/": html(body), "/next": html(body.replace("Pay with your card", "Thank you")) };
}

/** A page that knows the words but means no good: it gets in, and sends whatever comes to its mind. */
export function hostileFrame(): Routes {
  return {
    "/": html(`<!doctype html><html><body><p>hostile</p><script>
addEventListener("message", ({ data, ports: [port] }) => {
  if (data === "copane.ask") parent.postMessage("copane.hello", "*");
  if (data !== "copane.port") return;
  window.opened = (window.opened || 0) + 1;
  let turn = 0;
  port.onmessage = ({ data }) => {
    if (data.t === "end") window.ended = (window.ended || 0) + 1;
    if (data.t !== "epoch") return;
    turn = data.turn;
    attack();
  };
  const send = (message) => port.postMessage(message);
  const frame = (flags, bytes) => send({ t: "frame", turn, flags, payload: new Uint8Array(bytes) });
  const attack = () => {
    for (const odd of [null, 7, "x", [], {}, { t: "frame" }, { t: "refused" }, { t: "refused", viewer: 1, reason: "nonsense" },
      { t: "refused", viewer: 2, reason: "submit" }, { t: "frame", turn: "1", flags: {}, payload: "x" }, { t: "bye?" }]) send(odd);
    // Frames that are none, and frames of the outer page's ids: its document is 1.
    frame(1, [5, 0, 1, 2, 3]);
    frame(1, [5, 0, 255, 255, 255, 255, 255]);
    frame(1, [5, 0, 2, 4]);
    frame(3, [5, 0, 9, 9, 9]);
    for (let id = 1; id < 60; id++) frame(1, [5, 0, 2, id * 2 > 127 ? 127 : id * 2]);
    for (let i = 0; i < 2_000; i++) frame(0, [5, 0, 1 + (i % 40), i % 256, (i * 7) % 256, (i * 13) % 256]);
    const mode = location.hash.slice(1);
    if (mode === "flood") for (let i = 0; i < 40; i++) frame(i === 0 ? 1 : 0, new Uint8Array(900_000).fill(1));
    if (mode === "huge") frame(1, new Uint8Array(2_000_000));
    if (mode === "type") send({ t: "frame", turn, flags: 1, payload: { length: 5 } });
  };
});
parent.postMessage("copane.hello", "*");
</script></body></html>`),
  };
}
