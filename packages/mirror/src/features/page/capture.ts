import type { CaptureFeature, CaptureParts } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { guarded, type ListenOptions, listen } from "../../core/guard.ts";
import { baseUrlOf } from "../../core/tree/document-facts.ts";
import { linkWithoutSecrets } from "../../privacy/addresses.ts";
import { maskText } from "../../privacy/mask.ts";
import type { Privacy } from "../../privacy/verdict.ts";
import { mediaFeatures, writeEnvironment, writePage, writeSight, writeViewport } from "./wire.ts";

type PageCaptureOptions = Pick<CaptureParts, "window" | "writer" | "privacy" | "onChange" | "onError">;

type Sight = readonly [left: number, top: number, width: number, height: number];

/** All of the viewport is in sight. */
const all: Sight = [0, 0, 0, 0];

/** No scrollbar is thicker. */
const SCROLLBAR_PX = 20;

/** The address, the title, the viewport, and what media queries see. */
export class PageCapture implements CaptureFeature {
  readonly #window: Window & typeof globalThis;
  readonly #writer: MirrorWriter;
  readonly #privacy: Privacy;
  readonly #onChange: () => void;
  readonly #queries: (MediaQueryList | undefined)[];
  readonly #resized: ResizeObserver | undefined;
  /** Address, base and title as the browser has them, when they were last written. */
  #page: [string, string, string] | undefined;
  #viewport: { width: number; height: number; clientWidth: number } | undefined;
  /** What is in sight, and when it was last written. */
  #sight: Sight = all;
  #sentSight: Sight | undefined;
  #environmentPending = true;

  constructor({ window, writer, privacy, onChange, onError }: PageCaptureOptions) {
    this.#window = window;
    this.#privacy = privacy;
    this.#writer = writer;
    this.#onChange = onChange;
    this.#queries = mediaFeatures.map((feature) => dom.matchMedia(window, feature));
    // Sizes are read where the layout is done anyway: asking at each flush would force one.
    this.#resized = window.ResizeObserver && new window.ResizeObserver(guarded(onError, this.#measure));
  }

  /** Listens at the window; `options.signal` ends it. */
  listenWindow(options: ListenOptions): void {
    listen(this.#window, ["resize"], this.#measure, options);
    listen(this.#window, ["hashchange", "popstate"], this.#onChange, options);
    const visual = dom.visualViewport(this.#window);
    if (visual) listen(visual, ["resize", "scroll"], this.#look, options);
    for (const query of this.#queries) if (query) listen(query, ["change"], this.#featureChanged, options);
  }

  listen(root: Document | ShadowRoot): void {
    if (root !== this.#window.document || !dom.documentElement(root)) return;
    this.#resized?.disconnect();
    this.#resized?.observe(dom.documentElement(root));
  }

  beginEpoch(): void {
    this.#page = undefined;
    this.#environmentPending = true;
    this.#viewport = undefined;
    this.#sentSight = undefined;
    this.#measure();
  }

  poll(): boolean {
    const { document, location } = this.#window;
    const [href, base, title] = this.#page ?? [];
    return title !== dom.documentTitle(document) || href !== location.href || base !== dom.baseURI(document);
  }

  /** What must be known before the first node. */
  flush(): void {
    if (this.poll()) {
      const { document, location } = this.#window;
      this.#page = [location.href, dom.baseURI(document), dom.documentTitle(document)];
      const texts = [visibleUrl(location), baseUrlOf(document), this.#title()] as const;
      const [url, base, title] = texts.map((text) => this.#writer.redact(text)) as [string, string, string];
      writePage(this.#writer, url, base, title);
    }
    if (this.#viewport) {
      const { width, height, clientWidth } = this.#viewport;
      writeViewport(this.#writer, width, height, clientWidth);
      this.#viewport = undefined;
    }
    if (this.#sight.some((value, i) => value !== this.#sentSight?.[i])) {
      this.#sentSight = this.#sight;
      writeSight(this.#writer, ...this.#sight);
    }
    if (!this.#environmentPending) return;
    this.#environmentPending = false;
    const { width, height } = dom.screen(this.#window);
    let matching = 0;
    this.#queries.forEach((query, bit) => {
      if (query?.matches) matching |= 1 << bit;
    });
    writeEnvironment(this.#writer, matching, Math.max(0, Math.round(width)), Math.max(0, Math.round(height)));
  }

  /** The title is a text of the page as others are. */
  #title(): string {
    const { document } = this.#window;
    const title = dom.documentTitle(document);
    const element = title && dom.querySelector(document, "title");
    return element && this.#privacy.protects(element) ? maskText(title) : title;
  }

  stop(): void {
    this.#resized?.disconnect();
  }

  readonly #measure = (): void => {
    const width = dom.innerWidth(this.#window);
    const root = dom.documentElement(this.#window.document);
    const clientWidth = (root && dom.clientWidth(root)) || width;
    this.#viewport = { width, height: dom.innerHeight(this.#window), clientWidth };
    this.#look();
    this.#onChange();
  };

  /** Pinched larger, or behind a screen's keyboard, the customer sees a part of the viewport. */
  readonly #look = (): void => {
    const visual = dom.visualViewport(this.#window);
    const part = visual && [visual.offsetLeft, visual.offsetTop, visual.width, visual.height];
    const seen = part?.map((pixels) => Math.round(pixels)) as Sight | undefined;
    const root = dom.documentElement(this.#window.document);
    // Bars for scrolling take a part too, and are no news.
    const whole =
      !seen ||
      !root ||
      (seen[2] + 1 >= dom.clientWidth(root) && seen[3] + SCROLLBAR_PX >= dom.innerHeight(this.#window));
    this.#sight = whole ? all : seen;
    this.#onChange();
  };

  readonly #featureChanged = (): void => {
    this.#environmentPending = true;
    this.#onChange();
  };
}

/** The address as the agent may see it: a query, or a hash with values, can hold a secret. */
function visibleUrl({ origin, pathname, hash }: Location): string {
  return linkWithoutSecrets(`${origin}${pathname}${hash.includes("=") ? "" : hash}`);
}
