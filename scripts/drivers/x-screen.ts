import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";

/** Where numbers stand in the head of an X window dump, each of four bytes, the highest first. */
const HEAD = { size: 0, width: 16, height: 20, lineBytes: 48, colors: 76 };

/** A colour of the dump's table, in bytes. */
const COLOR_BYTES = 12;

/** A part of a screen, in its pixels. */
interface Part {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What an `Xvfb` shows, read from the file that it keeps its pixels in. */
export class XScreen {
  readonly #folder = mkdtempSync(join(tmpdir(), "copane-screen-"));

  /** What to start `Xvfb` with. */
  get args(): string[] {
    return ["-fbdir", this.#folder];
  }

  /** A PNG of a part of the screen, once two looks in a row have seen the same. */
  async picture(part: Part): Promise<Buffer> {
    for (let last: Buffer | undefined; ; ) {
      const now = pixels(await readFile(join(this.#folder, "Xvfb_screen0")), part);
      if (last?.equals(now)) return PNG.sync.write(Object.assign(new PNG(part), { data: now }));
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Red, green, blue and full opacity of each pixel. */
function pixels(dump: Buffer, { left, top, width, height }: Part): Buffer {
  const [head, across, down, lineBytes, colors] = Object.values(HEAD).map((at) => dump.readUInt32BE(at)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (left + width > across || top + height > down) throw new Error("the window does not fit on its screen");
  const found = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    let from = head + colors * COLOR_BYTES + (top + y) * lineBytes + left * 4;
    for (let to = y * width * 4; to < (y + 1) * width * 4; to += 4, from += 4) {
      found[to] = dump[from + 2] as number;
      found[to + 1] = dump[from + 1] as number;
      found[to + 2] = dump[from] as number;
      found[to + 3] = 255;
    }
  }
  return found;
}
