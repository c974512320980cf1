import { isExactOrigin } from "./host.ts";

/**
 * The script of `copane-agent-frame.html`, a page that is only the live view, for an iframe in other people's desks.
 * Which pages may have it in a frame is the server's header; which one of them gives the orders is said by
 * `?parent=https://crm.example`, and where the browser tells who the parent is, it has to be that one.
 */
const asked = new URL(location.href).searchParams;
const parent = asked.get("parent") ?? "";
const framed = window.parent !== window;
const [actual] = location.ancestorOrigins ?? [];

if (framed && isExactOrigin(parent) && (actual === undefined || actual === parent)) {
  const view = document.createElement("copane-agent-view");
  view.setAttribute("server", new URL("..", location.href).href.slice(0, -1));
  for (const name of ["name", "locale", "scheme"]) {
    const value = asked.get(name);
    if (value) view.setAttribute(name, value);
  }
  view.setAttribute("allowed-origin", parent);
  document.body.append(view);
} else
  document.body.append(
    "This page shows a customer’s page in the frame of a desk, whose address names it: ?parent=https://crm.example",
  );
