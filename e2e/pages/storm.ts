import { html, type Routes } from "../support/http.ts";

/** A page that changes as fast as it can, with text that does not compress, while `storm` is on. */
export const stormPage: Routes = {
  "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Storm</title></head><body><h1>Storm</h1><ul></ul>
<script>
const list = document.querySelector("ul");
for (let i = 0; i < 400; i++) list.append(document.createElement("li"));
const noise = () => Array.from(crypto.getRandomValues(new Uint8Array(60)), (b) => b.toString(36)).join("");
let storm = false;
window.frames_ = 0;
const turn = () => {
  window.frames_++;
  if (storm) for (let i = 0; i < 120; i++) list.children[Math.floor(Math.random() * 400)].textContent = noise();
  requestAnimationFrame(turn);
};
requestAnimationFrame(turn);
window.setStorm = (on) => { storm = on; };
</script></body></html>`),
};
