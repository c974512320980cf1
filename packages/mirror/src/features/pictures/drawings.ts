import { guarded, type OnError } from "../../core/guard.ts";
import { Hooks } from "../../core/hooks.ts";

const draws = "clear drawArrays drawElements drawArraysInstanced drawElementsInstanced drawRangeElements";

/**
 * Keeps what scripts drew last into canvases by WebGL. It is there only until the browser shows it: at
 * any other time such a canvas reads empty.
 */
export class Drawings {
  readonly #hooks: Hooks;
  readonly #onError: OnError;
  readonly #wants: (canvas: HTMLCanvasElement) => boolean;
  readonly #last = new WeakMap<Element, Promise<ImageBitmap>>();
  readonly #windows = new WeakSet<Window>();
  readonly #drawn = new Set<HTMLCanvasElement>();

  /** @param wants whether to keep what was drawn; asked at the end of a task, or of a part of it */
  constructor(onError: OnError, wants: (canvas: HTMLCanvasElement) => boolean) {
    this.#hooks = new Hooks(onError);
    this.#onError = onError;
    this.#wants = wants;
  }

  watch(window: (Window & typeof globalThis) | null): void {
    if (!window || this.#windows.has(window)) return;
    this.#windows.add(window);
    for (const type of [window.WebGLRenderingContext, window.WebGL2RenderingContext])
      for (const name of draws.split(" "))
        this.#hooks.method<WebGLRenderingContext>(type?.prototype, name, ({ canvas }) => this.#note(canvas));
  }

  /** The last drawing of a canvas. */
  of(canvas: Element): Promise<ImageBitmap> | undefined {
    return this.#last.get(canvas);
  }

  stop(): void {
    this.#hooks.restore();
  }

  #note(canvas: HTMLCanvasElement | OffscreenCanvas): void {
    if (!("isConnected" in canvas) || this.#drawn.has(canvas)) return;
    if (this.#drawn.size === 0) queueMicrotask(guarded(this.#onError, () => this.#tell()));
    this.#drawn.add(canvas);
  }

  #tell(): void {
    const drawn = [...this.#drawn];
    this.#drawn.clear();
    for (const canvas of drawn) if (this.#wants(canvas)) this.#keep(canvas);
  }

  #keep(canvas: HTMLCanvasElement): void {
    const drawing = createImageBitmap(canvas);
    // The page must not hear of it when it fails.
    drawing.catch(() => {});
    this.#last.set(canvas, drawing);
  }
}
