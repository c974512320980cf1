import { localName, namespaceURI } from "./elements.ts";
import { getter } from "./native.ts";
import { tagGetter, tagMethod, tagSetter } from "./tags.ts";

/** What pictures, media, frames, sheets, slots and dialogs have, of the names that the DOM gives it. */
export const src = /* @__PURE__ */ tagGetter("src", "img", "input", "iframe", "video", "audio", "embed");
export const setSrc = /* @__PURE__ */ tagSetter("src", "img", "input", "iframe", "video", "audio");
/** The address of what an `object` shows. */
export const objectData = /* @__PURE__ */ tagGetter("data", "object");
export const currentSrc = /* @__PURE__ */ tagGetter("currentSrc", "img", "video", "audio");
export const complete = /* @__PURE__ */ tagGetter("complete", "img");
export const loading = /* @__PURE__ */ tagGetter("loading", "img", "iframe");
export const poster = /* @__PURE__ */ tagGetter("poster", "video");
export const setPoster = /* @__PURE__ */ tagSetter("poster", "video");
export const videoWidth = /* @__PURE__ */ tagGetter("videoWidth", "video");
export const videoHeight = /* @__PURE__ */ tagGetter("videoHeight", "video");
export const naturalWidth = /* @__PURE__ */ tagGetter("naturalWidth", "img");
export const naturalHeight = /* @__PURE__ */ tagGetter("naturalHeight", "img");
export const setCrossOrigin = /* @__PURE__ */ tagSetter("crossOrigin", "img", "video", "audio");
export const href = /* @__PURE__ */ tagGetter("href", "a", "base", "link");
export const setHref = /* @__PURE__ */ tagSetter("href", "a", "base", "link");

export const currentTime = /* @__PURE__ */ tagGetter("currentTime", "video", "audio");
export const setCurrentTime = /* @__PURE__ */ tagSetter("currentTime", "video", "audio");
export const srcObject = /* @__PURE__ */ tagGetter("srcObject", "video", "audio");
export const duration = /* @__PURE__ */ tagGetter("duration", "video", "audio");
export const mediaError = /* @__PURE__ */ tagGetter("error", "video", "audio");
export const networkState = /* @__PURE__ */ tagGetter("networkState", "video", "audio");
export const paused = /* @__PURE__ */ tagGetter("paused", "video", "audio");
export const playbackRate = /* @__PURE__ */ tagGetter("playbackRate", "video", "audio");
export const setPlaybackRate = /* @__PURE__ */ tagSetter("playbackRate", "video", "audio");
export const volume = /* @__PURE__ */ tagGetter("volume", "video", "audio");
export const setVolume = /* @__PURE__ */ tagSetter("volume", "video", "audio");
export const muted = /* @__PURE__ */ tagGetter("muted", "video", "audio");
export const setMuted = /* @__PURE__ */ tagSetter("muted", "video", "audio");
export const loop = /* @__PURE__ */ tagGetter("loop", "video", "audio");
export const setLoop = /* @__PURE__ */ tagSetter("loop", "video", "audio");
export const play = /* @__PURE__ */ tagMethod("play", "video", "audio");
export const pause = /* @__PURE__ */ tagMethod("pause", "video", "audio");

export const contentDocument = /* @__PURE__ */ tagGetter("contentDocument", "iframe", "frame", "object");
export const contentWindow = /* @__PURE__ */ tagGetter("contentWindow", "iframe", "frame", "object");

export const getSVGDocument = /* @__PURE__ */ tagMethod("getSVGDocument", "iframe", "object", "embed");
export const getContext = /* @__PURE__ */ tagMethod("getContext", "canvas");
export const canvasWidth = /* @__PURE__ */ tagGetter("width", "canvas");
export const canvasHeight = /* @__PURE__ */ tagGetter("height", "canvas");
export const toBlob = /* @__PURE__ */ tagMethod("toBlob", "canvas");

const sheetOfHtml = /* @__PURE__ */ tagGetter("sheet", "style", "link");
const sheetOfSvg = /* @__PURE__ */ getter("SVGStyleElement", "sheet");
/** The sheet of a `style`, of SVG too, or of a `link`. */
export const sheet = (element: Element): CSSStyleSheet | null =>
  (localName(element) === "style" && namespaceURI(element) === "http://www.w3.org/2000/svg"
    ? sheetOfSvg(element as SVGStyleElement)
    : sheetOfHtml(element)) ?? null;
export const assignedNodes = /* @__PURE__ */ tagMethod("assignedNodes", "slot");
export const assign = /* @__PURE__ */ tagMethod("assign", "slot");
export const assignedElements = /* @__PURE__ */ tagMethod("assignedElements", "slot");

export const showModal = /* @__PURE__ */ tagMethod("showModal", "dialog");
export const closeDialog = /* @__PURE__ */ tagMethod("close", "dialog");
