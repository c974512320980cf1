import { html, type Routes } from "../support/http.ts";

/** A customer record as a CRM would show it, with the live view beside it. */
export function crmPage(server: string): Routes {
  return {
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Record 4711</title>
<script src="${server}/sdk/copane-agent-view.js"></script>
<style>
  body { margin: 0; font: 14px sans-serif; display: grid; grid-template-columns: 240px 1fr; height: 100vh; }
  copane-agent-view { --copane-accent: rgb(120, 0, 90); --copane-radius: 0px; }
</style></head>
<body><aside><h2>Record 4711</h2><p>Ada O'Neill</p></aside>
<main><copane-agent-view server="${server}" locale="en" name="Casey"><button slot="tools" id="note">Note to record</button></copane-agent-view></main>
<script>
  window.seen = [];
  const view = document.querySelector("copane-agent-view");
  for (const type of ["copane-change", "copane-page", "copane-ready", "copane-ended", "copane-error"])
    view.addEventListener(type, ({ detail }) => seen.push([type, detail && (detail.event || detail.code || detail.name || detail.title)]));
</script></body></html>`),
  };
}

/** The view alone, for a host page of another origin to put into an iframe. */
export function framePage(server: string, allowedOrigin: string): Routes {
  return {
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Live view</title>
<script src="${server}/sdk/copane-agent-view.js"></script><style>html, body { margin: 0; height: 100%; }</style></head>
<body><copane-agent-view server="${server}" locale="en" allowed-origin="${allowedOrigin}"></copane-agent-view></body></html>`),
  };
}

/** A page that holds the frame of the origin in its hash and talks to it by messages alone. */
export function hostPage(): Routes {
  return {
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title></head>
<body><iframe title="Live view" style="width:1100px;height:700px"></iframe>
<script>
  const view = location.hash.slice(1);
  window.told = [];
  addEventListener("message", ({ data, origin }) => { if (origin === view) told.push(data); });
  const frame = document.querySelector("iframe");
  window.tell = (message) => frame.contentWindow.postMessage(message, view);
  frame.src = view + "/";
</script></body></html>`),
  };
}
