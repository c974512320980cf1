import { html } from "../support/http.ts";
import { still } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** CSS animations: eighty elements, each with one of the library's. */
export const animate: Corpus = {
  name: "animate",
  about: "Animate.css: eighty elements with CSS animations that start again and again.",
  packages: ["animate.css"],
  routes: async () => ({
    "/lib/": `${packageFolder("animate.css")}/`,
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Motion</title><link rel="stylesheet" href="/lib/animate.min.css">
<style>body { font: 14px sans-serif; overflow-x: hidden } .all { display: grid; grid-template-columns: repeat(8, 1fr); gap: 12px; margin: 16px } .all div { padding: 16px; background: #dbeafe }</style></head>
<body><button id="go">Go</button><div class="all"></div><script>
const names = ["bounce", "flash", "pulse", "rubberBand", "shakeX", "headShake", "swing", "tada", "wobble", "jello", "heartBeat", "backInDown", "bounceIn", "fadeInUp", "flipInX", "lightSpeedInRight", "rotateIn", "rollIn", "zoomIn", "slideInUp"];
const all = document.querySelector(".all");
for (let i = 0; i < 80; i++) { const box = document.createElement("div"); box.textContent = names[i % 20]; all.append(box); }
document.getElementById("go").onclick = () => { for (const box of all.children) { box.className = "animate__animated"; void box.offsetWidth; box.classList.add("animate__" + box.textContent); box.onanimationend = () => { box.className = ""; }; } };
</script></body></html>`),
  }),
  pages: [
    {
      name: "eighty",
      path: "/",
      use: async (page) => {
        for (let i = 0; i < 2; i++) {
          await page.locator("#go").click();
          await page.waitForFunction(() => document.querySelector(".animate__animated") === null);
        }
      },
    },
  ],
};

/** A vector animation of which a script sets every attribute, frame by frame. */
export const lottie: Corpus = {
  name: "lottie",
  about: "Lottie: vector animations in SVG of which a script sets every attribute, frame by frame.",
  packages: ["lottie-web"],
  routes: async () => ({
    "/lib/": `${packageFolder("lottie-web")}/`,
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Animation</title>
<style>body { margin: 0; display: grid; grid-template-columns: 1fr 1fr } .box { height: 380px; overflow: hidden }</style></head><body>
<div class="box"></div><div class="box"></div><div class="box"></div><div class="box"></div><script src="/lib/build/player/lottie_svg.min.js"></script><script>
window.animations = ["monster", "ripple", "bm_ronda", "navidad"].map((name, i) => lottie.loadAnimation({ container: document.querySelectorAll(".box")[i], renderer: "svg", loop: true, autoplay: false, path: "/lib/test/animations/" + name + ".json" }));
let loaded = 0; for (const animation of animations) animation.addEventListener("DOMLoaded", () => { animation.goToAndStop(20, true); if (++loaded === 4) document.body.dataset.ready = ""; });
</script></body></html>`),
  }),
  pages: [
    {
      name: "four",
      path: "/",
      ready: (page) => page.locator("body[data-ready]").waitFor(),
      use: async (page) => {
        await page.evaluate(async () => {
          const { animations } = window as unknown as {
            animations: { play(): void; goToAndStop(frame: number, isFrame: boolean): void }[];
          };
          for (const animation of animations) animation.play();
          // How long it plays is the point: every frame is a change of the page.
          await new Promise((resolve) => setTimeout(resolve, 2_500));
          for (const animation of animations) animation.goToAndStop(45, true);
        });
        await still(page);
      },
    },
  ],
};

/** A carousel: transforms on drag, lazy slides, effects. */
export const swiper: Corpus = {
  name: "swiper",
  about: "Swiper: a carousel that follows the mouse by transforms, with cube and coverflow effects.",
  packages: ["swiper"],
  routes: async () => ({
    "/lib/": `${packageFolder("swiper")}/`,
    "/": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Carousel</title><link rel="stylesheet" href="/lib/swiper-bundle.min.css">
<style>body { margin: 16px; font: 16px sans-serif } .swiper { height: 340px; margin-bottom: 16px } .swiper-slide { display: grid; place-items: center; color: #fff; font-size: 40px }</style></head><body>
${["slide", "coverflow"].map((effect) => `<div class="swiper" data-effect="${effect}"><div class="swiper-wrapper">${Array.from({ length: 12 }, (_, i) => `<div class="swiper-slide" style="background:hsl(${i * 30} 60% 45%)">${i + 1}</div>`).join("")}</div><div class="swiper-pagination"></div><div class="swiper-button-prev"></div><div class="swiper-button-next"></div></div>`).join("\n")}
<script src="/lib/swiper-bundle.min.js"></script><script>
for (const box of document.querySelectorAll(".swiper")) new Swiper(box, { effect: box.dataset.effect, slidesPerView: 3, spaceBetween: 20, centeredSlides: true, pagination: { el: box.querySelector(".swiper-pagination"), clickable: true }, navigation: { nextEl: box.querySelector(".swiper-button-next"), prevEl: box.querySelector(".swiper-button-prev") } });
</script></body></html>`),
  }),
  pages: [
    {
      name: "carousel",
      path: "/",
      ready: (page) => page.locator(".swiper-initialized").nth(1).waitFor(),
      use: async (page) => {
        await page.locator(".swiper-button-next").first().click();
        await still(page);
        await page.locator(".swiper-button-next").nth(1).click();
        await still(page);
        await page.mouse.move(800, 180);
        await page.mouse.down();
        await page.mouse.move(400, 190, { steps: 12 });
        await page.mouse.up();
        await still(page);
      },
    },
  ],
};
