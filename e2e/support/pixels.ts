import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** The share of pixels that differ, 0 to 1. Anti-aliasing is not a difference; another size is all of one. */
export function pixelDifference(left: Buffer, right: Buffer): { share: number; picture: Buffer } {
  const a = PNG.sync.read(left);
  const b = PNG.sync.read(right);
  if (a.width !== b.width || a.height !== b.height) return { share: 1, picture: right };
  const difference = new PNG({ width: a.width, height: a.height });
  const count = pixelmatch(a.data, b.data, difference.data, a.width, a.height, { threshold: 0.1 });
  return { share: count / (a.width * a.height), picture: PNG.sync.write(difference) };
}
