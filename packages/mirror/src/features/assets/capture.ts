import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { Budget } from "../../core/flow/budget.ts";
import { oncePicture } from "../../core/tree/elements.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";
import { copied } from "../pictures/pixels.ts";
import { Asset, backgroundPseudos, pictureProperties, pictureUrls, writeAsset } from "./wire.ts";

/** A bigger file is not sent; the viewer shows its placeholder. */
const MOST_BYTES = 4 * 1024 * 1024;

/** All files of one epoch together. */
const MOST_BYTES_ALL = 32 * 1024 * 1024;

/** Files cross in parts of this size, so that none holds up the page's changes. */
const PART_BYTES = 64 * 1024;

interface Picture {
  type: string;
  bytes: Uint8Array;
}

interface Ready extends Picture {
  record: NodeRecord;
  kind: Asset;
  sent: number;
}

/**
 * Pictures that a viewer cannot load by itself: behind the customer's login, on the customer's machine, `blob:`.
 * Only what an element of the page shows is fetched: a viewer names elements, never addresses.
 */
export class AssetsCapture implements CaptureFeature {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #onChange: () => void;
  readonly #ready: Ready[] = [];
  /** Addresses per element that were answered or are under way in this epoch. */
  readonly #done = new Map<number, string>();
  #bytes = 0;

  constructor(nodes: NodeTable, writer: MirrorWriter, budget: Budget, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#budget = budget;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#ready.length = 0;
    this.#done.clear();
    this.#bytes = 0;
  }

  async request(record: NodeRecord, kind: Asset): Promise<void> {
    const url = addressOf(record.node as Element, kind);
    if (record.masked || record.opaque || !url || this.#done.get(record.id) === url) return;
    this.#done.set(record.id, url);
    const once = oncePicture.test(url);
    if (once) await settled(record.node as HTMLImageElement);
    const fetched = once ? undefined : await fetchPicture(url);
    const file = fetched ?? (await drawnPicture(record.node, url));
    if (!file || !record.mirrored || this.#bytes + file.bytes.length > MOST_BYTES_ALL) return;
    this.#bytes += file.bytes.length;
    this.#ready.push({ record, kind, ...file, sent: 0 });
    this.#onChange();
  }

  poll(): boolean {
    return this.#ready.length > 0;
  }

  flush(): boolean {
    for (let next = this.#ready[0]; next !== undefined; next = this.#ready[0]) {
      if (this.#budget.spent) return false;
      const { record, kind, type, bytes, sent } = next;
      next.sent = Math.min(sent + PART_BYTES, bytes.length);
      const last = next.sent === bytes.length;
      if (this.#nodes.byId(record.id) === record) {
        writeAsset(this.#writer, record.id, kind, type, last, bytes.subarray(sent, next.sent));
      } else next.sent = bytes.length;
      if (next.sent === bytes.length) this.#ready.shift();
    }
    return true;
  }
}

/** What an element shows a picture from. */
function addressOf(element: Element, kind: Asset): string | undefined {
  const behind = kind - Asset.background;
  if (behind >= 0) {
    const view = dom.viewOf(element);
    if (!view) return undefined;
    const style = dom.getComputedStyle(view, element, backgroundPseudos[behind % 3]);
    const values = pictureProperties.map((name) => style.getPropertyValue(name));
    return pictureUrls(values.join(" "))[Math.floor(behind / 3)];
  }
  switch (dom.localName(element)) {
    case "img":
      return dom.currentSrc(element) || dom.src(element);
    case "input":
      return dom.type(element) === "image" ? dom.src(element) : undefined;
    case "video":
      return kind === Asset.poster ? dom.poster(element) : undefined;
    case "image":
    case "use":
      return (dom.getAttribute(element, "href") ?? dom.getAttribute(element, "xlink:href"))?.replace(
        /#.*$/,
        "",
      );
  }
  return undefined;
}

/** A picture has loaded, or will not. */
async function settled(picture: HTMLImageElement): Promise<void> {
  if (dom.complete(picture) !== false) return;
  await new Promise((resolve) => {
    for (const type of ["load", "error"]) dom.addEventListener(picture, type, resolve, { once: true });
  });
}

async function fetchPicture(url: string): Promise<Picture | undefined> {
  try {
    const response = await fetch(url, { credentials: "same-origin", cache: "force-cache" });
    const type = (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim() ?? "";
    if (!response.ok || !/^image\//.test(type)) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length > 0 && bytes.length <= MOST_BYTES ? { type, bytes } : undefined;
  } catch {
    // Not for this page to read either: the placeholder stays.
    return undefined;
  }
}

/**
 * What the page shows from an address that gives it only once: a `blob:` that scripts have revoked, as they do once its
 * picture has loaded, or a riddle for people.
 */
async function drawnPicture(node: Node, url: string): Promise<Picture | undefined> {
  const localName = dom.localName(node as Element);
  const currentSrc = dom.currentSrc(node as Element);
  const naturalWidth = dom.naturalWidth(node as Element);
  const naturalHeight = dom.naturalHeight(node as Element);
  // What has loaded something else meanwhile is asked for anew.
  const shows = localName === "img" && currentSrc === url && naturalWidth * naturalHeight > 0;
  if (!shows || !(url.startsWith("blob:") || oncePicture.test(url))) return undefined;
  try {
    const canvas = copied(node as HTMLImageElement, naturalWidth, naturalHeight);
    let blob = await canvas.convertToBlob();
    if (blob.size > MOST_BYTES) blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.8 });
    if (blob.size > MOST_BYTES) return undefined;
    return { type: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) };
  } catch {
    // It holds what no page may read.
    return undefined;
  }
}
