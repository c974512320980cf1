import * as Item from "../core/codec/item.ts";
import * as tree from "../core/tree/wire.ts";
import { DOCUMENT_ID } from "../core/tree/wire.ts";
import { writeAdopt, writeSheetInsert, writeSheetText } from "../features/styles/wire.ts";
import type { Forger } from "./forged-streams.ts";

const SVG = Item.svg;

/** Every way in which a stream can name an address that a browser then loads. */
export const loadingWays: Record<string, (to: Forger, url: string) => void> = {
  "src of a picture": (to, url) => to.place(() => to.leaf("img", ["src", url])),
  "src that changes": (to, url) => {
    to.place(() => to.leaf("img"));
    tree.writeSetAttribute(to.out, to.next - 1, "src", url);
  },
  "srcset of a picture": (to, url) => to.place(() => to.leaf("img", ["srcset", `${url} 1x`])),
  "srcset of a source": (to, url) =>
    to.place(() => {
      to.open("picture");
      to.leaf("source", ["srcset", url]);
      to.leaf("img");
      to.end();
    }),
  "src of a picture with a policy of its own": (to, url) =>
    to.place(() => to.leaf("img", ["referrerpolicy", "unsafe-url", "src", url])),
  "src of a picture with crossorigin": (to, url) =>
    to.place(() => to.leaf("img", ["crossorigin", "use-credentials", "src", url])),
  "a button of a picture": (to, url) => to.place(() => to.leaf("input", ["type", "image", "src", url])),
  "poster of a video": (to, url) => to.place(() => to.leaf("video", ["poster", url])),
  "src of a video": (to, url) => to.place(() => to.leaf("video", ["src", url, "preload", "auto"])),
  "background of a table": (to, url) => to.place(() => to.text("table", "x", ["background", url])),
  "an image of SVG": (to, url) =>
    to.place(() => {
      to.open("svg", [], SVG);
      to.leaf("image", ["href", url, "width", "9", "height", "9"], SVG);
      to.end();
    }),
  "an image of SVG by its old name": (to, url) =>
    to.place(() => {
      to.open("svg", [], SVG);
      to.leaf("image", ["xlink:href", url, "width", "9", "height", "9"], SVG);
      to.end();
    }),
  "an image in a filter": (to, url) =>
    to.place(() => {
      to.open("svg", ["width", "9", "height", "9"], SVG);
      to.open("filter", ["id", `f${to.next}`], SVG);
      to.leaf("feImage", ["href", url], SVG);
      to.end();
      to.leaf("rect", ["width", "9", "height", "9", "filter", `url(#f${to.next - 2})`], SVG);
      to.end();
    }),
  "a style attribute": (to, url) => to.place(() => to.text("p", "x", ["style", `background:url(${url})`])),
  "image-set()": (to, url) =>
    to.place(() => to.text("p", "x", ["style", `background:image-set("${url}" 1x)`])),
  "the content of a pseudo-element": (to, url) => {
    to.place(() => to.text("p", "x", ["class", `c${to.next}`]));
    to.place(() => to.text("style", `.c${to.next - 2}::before{content:url("${url}")}`));
  },
  "a style with an escaped address": (to, url) => {
    const escaped = [...url].map((char) => `\\${char.charCodeAt(0).toString(16)} `).join("");
    to.place(() => to.text("p", "x", ["class", `c${to.next}`]));
    to.place(() => to.text("style", `.c${to.next - 2}{background:u\\72l("${escaped}")}`));
  },
  "a rule that is inserted": (to, url) => {
    to.place(() => to.text("p", "x", ["class", `c${to.next}`]));
    to.place(() => to.text("style", ".a{}"));
    writeSheetInsert(to.out, to.next - 2, 0, `.c${to.next - 4}{background:url("${url}")}`);
  },
  "a constructed sheet": (to, url) => {
    const sheet = 6_000_000 + to.next;
    to.place(() => to.text("p", "x", ["class", `c${to.next}`]));
    writeSheetText(to.out, sheet, `.c${to.next - 2}{background:url("${url}")}`);
    writeAdopt(to.out, DOCUMENT_ID, [sheet]);
  },
  "an import": (to, url) => to.place(() => to.text("style", `@import "${url}.css";`)),
  "a link to a sheet": (to, url) =>
    to.place(() => to.leaf("link", ["rel", "stylesheet", "href", `${url}.css`])),
  "a link that asks for more": (to, url) =>
    to.place(() =>
      to.leaf("link", [
        "rel",
        "stylesheet preload prefetch preconnect",
        "as",
        "style",
        "referrerpolicy",
        "unsafe-url",
        "href",
        `${url}.css`,
      ]),
    ),
  "a font": (to, url) => {
    const family = `f${to.next}`;
    to.place(() => to.text("p", "x", ["style", `font-family:${family}`]));
    to.place(() => to.text("style", `@font-face{font-family:${family};src:url("${url}")}`));
  },
  "a shadow root": (to, url) =>
    to.place(() => {
      to.open("div");
      to.shadow();
      to.leaf("img", ["src", url]);
      to.end(2);
    }),
  "the document of a frame": (to, url) =>
    to.place(() => {
      to.open("iframe");
      to.document();
      to.open("html");
      to.open("body");
      to.leaf("img", ["src", url]);
      to.end(4);
    }),
};

/** What may be asked for in one way only: here a browser asks for nothing. */
export const silentWays: Record<string, (to: Forger, url: string) => void> = {
  "a link that asks for a connection": (to, url) =>
    to.place(() => to.leaf("link", ["rel", "preload", "as", "image", "href", url])),
  "a prefetch": (to, url) => to.place(() => to.leaf("link", ["rel", "prefetch", "href", url])),
  "the src of a frame": (to, url) => to.place(() => to.leaf("iframe", ["src", url])),
  "data of an object": (to, url) => to.place(() => to.leaf("object", ["data", url])),
  "src of an embed": (to, url) => to.place(() => to.leaf("embed", ["src", url])),
  "a script": (to, url) => to.place(() => to.leaf("script", ["src", url])),
  "another icon": (to, url) => to.place(() => to.leaf("link", ["rel", "icon", "href", url])),
  "a refresh": (to, url) =>
    to.place(() => to.leaf("meta", ["http-equiv", "refresh", "content", `0;url=${url}`])),
  "a use of SVG": (to, url) =>
    to.place(() => {
      to.open("svg", [], SVG);
      to.leaf("use", ["href", `${url}#a`], SVG);
      to.end();
    }),
};
