import { handledBy } from "../../core/codec/reader.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import { type PageOperations, pageReaders } from "./wire.ts";

export interface PageReplicaOptions {
  /** Relative addresses start here from now on. */
  setBaseUrl(url: string): void;
  /** The customer's values of media features, by `mediaFeatures`. */
  setEnvironment(bits: number, screenWidth: number, screenHeight: number): void;
  page(url: string, title: string): void;
  viewport(width: number, height: number, clientWidth: number): void;
  sight(left: number, top: number, width: number, height: number): void;
  ready(): void;
}

/** Hands on what the page says of itself as a whole. */
export class PageReplica implements ReplicaFeature, PageOperations {
  readonly handlers = handledBy<PageOperations>(this, pageReaders);
  readonly #options: PageReplicaOptions;
  /** The newest viewport, which is set once for a frame: it asks where things are. */
  #viewport: [width: number, height: number, clientWidth: number] | undefined;

  constructor(options: PageReplicaOptions) {
    this.#options = options;
  }

  page(url: string, baseUrl: string, title: string): void {
    this.#options.page(url, title);
    this.#options.setBaseUrl(baseUrl);
  }

  viewport(width: number, height: number, clientWidth: number): void {
    this.#viewport = [width, height, clientWidth];
  }

  sight(left: number, top: number, width: number, height: number): void {
    this.#options.sight(left, top, width, height);
  }

  applied(): void {
    if (this.#viewport) this.#options.viewport(...this.#viewport);
    this.#viewport = undefined;
  }

  environment(...seen: [bits: number, screenWidth: number, screenHeight: number]): void {
    this.#options.setEnvironment(...seen);
  }

  ready(): void {
    this.#options.ready();
  }
}
