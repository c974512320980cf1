/** From what scripts made fonts (`new FontFace`), once there are any: no browser tells that later. */
export interface MadeFonts {
  sources?: WeakMap<FontFace, unknown>;
}

/** Notes from now on which fonts are made in a window. */
export function watchMadeFonts(window: Window & typeof globalThis, made: MadeFonts): void {
  window.FontFace = new Proxy(window.FontFace, {
    construct(target, args: ConstructorParameters<typeof FontFace>) {
      const face = new target(...args);
      made.sources ??= new WeakMap();
      made.sources.set(face, args[1]);
      return face;
    },
  });
}
