import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { transform } from "esbuild";
import { minify } from "terser";

/** Styles are written for people; customers load them without what only people need. */
export const tightStyles = {
  name: "tight-styles",
  setup(esbuild) {
    esbuild.onLoad({ filter: /style\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      // One that holds another style is left as it is.
      const [, before, css, after] = source.match(/^(.*= `)([^`$]*)(`;\s*)$/s) ?? [];
      if (css === undefined) return undefined;
      const { code } = await transform(css, { loader: "css", minify: true });
      return { contents: before + code.trim() + after, loader: "ts" };
    });
  },
};

/**
 * What esbuild has made small, made smaller by a thirtieth: every session pays for it. For builds with `write: false`
 * and source maps.
 */
export const tighter = {
  name: "tighter",
  setup(esbuild) {
    const { format, banner } = esbuild.initialOptions;
    esbuild.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles.filter((file) => file.path.endsWith(".js"))) {
        const map = outputFiles.find((file) => file.path === `${path}.map`);
        const { code, map: tight } = await minify(text, {
          module: format === "esm",
          ecma: 2022,
          // Functions written out in place and statements joined by commas are shorter, but deflate to more.
          compress: { passes: 3, inline: 1, sequences: false, unsafe_arrows: true },
          format: { preamble: banner?.js ?? "" },
          sourceMap: { content: map.text, url: `${basename(path)}.map` },
        });
        await writeFile(path, code);
        // As our server gives them to whoever takes them so.
        await writeFile(`${path}.br`, brotliCompressSync(code));
        await writeFile(`${path}.gz`, gzipSync(code, { level: 9 }));
        await writeFile(map.path, tight);
      }
    });
  },
};
