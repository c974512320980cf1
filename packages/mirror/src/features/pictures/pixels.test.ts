import fc from "fast-check";
import { expect, test } from "vitest";
import { changedBox, changedBytes, type Pixels } from "./pixels.ts";

const width = 7;
const height = 5;
const pixels = (words: Iterable<number>): Pixels => ({ width, height, words: Uint32Array.from(words) });
// Few colours, and pictures that are much alike.
const picture = fc
  .array(fc.constantFrom(0, 0, 0, 0xff0000ff, 0x80ffffff), { minLength: 35, maxLength: 35 })
  .map(pixels);

test("the box is the smallest with all that changed, and its bytes make the one picture of the other", () => {
  fc.assert(
    fc.property(picture, fc.option(picture, { nil: undefined }), (now, former) => {
      const before = former?.words ?? new Uint32Array(now.words.length);
      const changed = [...now.words.keys()].filter((i) => now.words[i] !== before[i]);
      const box = changedBox(now, former);
      if (!box) {
        expect(changed).toEqual([]);
        return;
      }
      const columns = changed.map((i) => i % width);
      const rows = changed.map((i) => Math.floor(i / width));
      expect(box).toEqual({
        left: Math.min(...columns),
        top: Math.min(...rows),
        partWidth: Math.max(...columns) - Math.min(...columns) + 1,
        partHeight: Math.max(...rows) - Math.min(...rows) + 1,
      });
      const part = new Uint32Array(changedBytes(now, former, box).buffer);
      const made = before.slice();
      part.forEach((word, i) => {
        const at = (box.top + Math.floor(i / box.partWidth)) * width + box.left + (i % box.partWidth);
        made[at] = (made[at] as number) ^ word;
      });
      expect(made).toEqual(now.words);
    }),
  );
});
