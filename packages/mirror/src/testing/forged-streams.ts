import * as Item from "../core/codec/item.ts";
import { MirrorWriter } from "../core/codec/writer.ts";
import * as tree from "../core/tree/wire.ts";
import { DOCUMENT_ID, startPlace } from "../core/tree/wire.ts";
import { PlayState, writeAnimation } from "../features/animations/wire.ts";
import { writeValue } from "../features/forms/wire.ts";
import { TopLayer, writeTopLayer } from "../features/layers/wire.ts";
import { writePage, writeReady, writeViewport } from "../features/page/wire.ts";
import { writePixels } from "../features/pictures/wire.ts";
import { writeScroll } from "../features/scroll/wire.ts";
import { writeAdopt, writeSheetInsert, writeSheetText } from "../features/styles/wire.ts";

const HTML = 2;
const BODY = 4;

/** Writes the frames of a stream that no capture of ours would send. */
export class Forger {
  readonly out = new MirrorWriter();
  readonly payloads: Uint8Array[] = [];
  /** The id of the next new node. */
  next = 10;

  constructor(url = "http://site.test/", standards = true) {
    this.out.beginEpoch();
    this.out.beginFrame();
    this.#document(url, standards);
  }

  /** Ends a frame and begins the next. */
  cut(): void {
    this.payloads.push(this.out.endFrame().slice());
    this.out.beginFrame();
  }

  /** New nodes in the body, or before another parent's end. */
  place(write: () => void, parent = BODY): void {
    startPlace(this.out, parent, 0);
    write();
    tree.writeEnd(this.out);
  }

  open(tag: string, attributes: readonly string[] = [], namespace: tree.Namespace = Item.html): number {
    const id = this.next++;
    tree.writeElement(this.out, namespace, id, tag, attributes, true);
    return id;
  }

  leaf(tag: string, attributes: readonly string[] = [], namespace: tree.Namespace = Item.html): number {
    const id = this.next++;
    tree.writeElement(this.out, namespace, id, tag, attributes, false);
    return id;
  }

  /** An element with a text in it. */
  text(tag: string, text: string, attributes: readonly string[] = []): number {
    const id = this.next;
    this.next += 2;
    tree.writeElement(this.out, Item.html, id, tag, attributes, text);
    return id;
  }

  end(times = 1): void {
    for (let left = times; left > 0; left--) tree.writeEnd(this.out);
  }

  shadow(): number {
    const id = this.next++;
    tree.writeShadowRoot(this.out, id, false);
    return id;
  }

  document(): void {
    tree.writeDocument(this.out, this.next++, "http://site.test/");
  }

  finish(): Uint8Array[] {
    this.cut();
    return this.payloads;
  }

  #document(url: string, standards: boolean): void {
    writePage(this.out, url, url, "forged");
    startPlace(this.out, DOCUMENT_ID, 0);
    tree.writeDoctype(this.out, 1_000_000, standards ? 1 : 0);
    tree.writeElement(this.out, Item.html, HTML, "html", [], true);
    tree.writeElement(this.out, Item.html, 3, "head", [], false);
    tree.writeElement(this.out, Item.html, BODY, "body", [], true);
    this.end(3);
    writeReady(this.out);
  }
}

const SVG = Item.svg;
const nest = (open: string, times: number, inside: string, close: string) =>
  open.repeat(times) + inside + close.repeat(times);

/** Styles that take browsers too long, or end them. */
const hostileCss: Record<string, string> = {
  "27,000 nested rules": nest(".a{", 27_000, "color:red", "}"),
  "nested @media": nest("@media all{", 27_000, ".a{color:red}", "}"),
  "nested @layer": nest("@layer a{", 27_000, ".a{color:red}", "}"),
  "nested :is()": `${nest(":is(", 27_000, ".a", ")")}{color:red}`,
  "nested calc()": `.a{width:${nest("calc(", 27_000, "1px", ")")}}`,
  "nested brackets in a property": `.a{--x:${nest("[", 27_000, "1", "]")}}`,
  "nested @supports": `@supports ${nest("(", 27_000, "color:red", ")")}{.a{color:red}}`,
  "what nests behind closing signs that close nothing": `.a{--x:${"(}".repeat(27_000)}}`,
  "what nests behind a string with an escaped line": `.a{--x:"\\\r\n${'" ('.repeat(1)}${"(".repeat(27_000)}}`,
  "what nests behind an address with an escape": `.a{--x:u\\72l(x') ${"(".repeat(27_000)}}`,
  "what nests in a function that ends like an address": `.a{--x:\\61 url(${"(".repeat(27_000)}}`,
  "selectors that multiply": nest("& &, & .b, .c & {", 14, "color:red", "}"),
  "a million rules": ".a{color:red}".repeat(1_000_000),
};

/** In each way that CSS can come. */
const cssWays: Record<string, (forger: Forger, css: string) => void> = {
  "a style": (to, css) => to.place(() => to.text("style", css)),
  "two texts of a style": (to, css) => {
    const half = css.length >> 1;
    to.place(() => {
      const id = to.open("style");
      tree.writeTextNode(to.out, to.next++, css.slice(0, half));
      tree.writeTextNode(to.out, to.next++, css.slice(half));
      to.end();
      return id;
    });
  },
  "a text that changes": (to, css) => {
    to.place(() => to.text("style", ".a{}"));
    tree.writeText(to.out, to.next - 1, css);
  },
  "a text that moves": (to, css) => {
    to.place(() => to.text("p", css.slice(0, 900_000)));
    const text = to.next - 1;
    to.place(() => {
      to.open("style");
      tree.writeMove(to.out, text, false);
      to.end();
    });
  },
  "a style of SVG": (to, css) =>
    to.place(() => {
      to.open("svg", [], SVG);
      to.open("style", [], SVG);
      tree.writeTextNode(to.out, to.next++, css);
      to.end(2);
    }),
  "the text of a sheet": (to, css) => {
    to.place(() => to.text("style", ".a{}"));
    writeSheetText(to.out, to.next - 2, css);
  },
  "a constructed sheet": (to, css) => {
    writeSheetText(to.out, 5_000_000, css);
    writeAdopt(to.out, DOCUMENT_ID, [5_000_000]);
  },
  "an inserted rule": (to, css) => {
    to.place(() => to.text("style", ".a{}"));
    writeSheetInsert(to.out, to.next - 2, 0, css);
  },
};

/** Each attribute, rule and text that is read as CSS by itself. */
const cssValues: Record<string, (forger: Forger, nested: string) => void> = {
  "a style attribute": (to, nested) => to.place(() => to.leaf("p", ["style", `width:${nested}`])),
  "a style attribute that changes": (to, nested) => {
    to.place(() => to.leaf("p"));
    tree.writeSetAttribute(to.out, to.next - 1, "style", `width:${nested}`);
  },
  "sizes of a picture": (to, nested) => to.place(() => to.leaf("img", ["sizes", nested, "srcset", "/a 1w"])),
  "media of a style": (to, nested) =>
    to.place(() => to.text("style", ".a{}", ["media", `(width:${nested})`])),
  "a presentation attribute": (to, nested) => to.place(() => to.leaf("svg", ["width", nested], SVG)),
  keyframes: (to, nested) => {
    to.place(() => to.leaf("p"));
    const spec = JSON.stringify({
      keyframes: [{ width: nested }, { width: "1px" }],
      timing: { duration: 1e6 },
    });
    writeAnimation(to.out, to.next - 1, 1, PlayState.running, 0, 1, spec);
  },
};

const deep =
  (tag: string, times: number, attributes: string[] = [], namespace: tree.Namespace = Item.html) =>
  (to: Forger) =>
    to.place(() => {
      for (let left = times; left > 0; left--) to.open(tag, attributes, namespace);
      to.end(times);
    });

function shapes(): Record<string, (forger: Forger) => void> {
  return {
    "3,000 nested elements": deep("div", 3_000),
    "3,000 nested groups of SVG": (to) =>
      to.place(() => {
        to.open("svg", [], SVG);
        for (let left = 3_000; left > 0; left--) to.open("g", [], SVG);
        to.end(3_001);
      }),
    "3,000 nested shadow roots": (to) =>
      to.place(() => {
        for (let left = 3_000; left > 0; left--) {
          to.open("div");
          to.shadow();
        }
        to.end(6_000);
      }),
    "elements put into one another, one in each frame": (to) => {
      deep("div", 2_000)(to);
      for (let made = 0; made < 300; made++) {
        to.cut();
        to.place(() => to.open("div") && to.end(), to.next - 1);
      }
    },
    "deep trees that are moved into one another": (to) => {
      const tops: number[] = [];
      for (let tree = 0; tree < 30; tree++)
        to.place(() => {
          tops.push(to.next);
          for (let left = 100; left > 0; left--) to.open("div");
          to.end(100);
        });
      // Each into the deepest element of the one before.
      for (let tree = tops.length - 1; tree > 0; tree--) {
        to.cut();
        const top = tops[tree] as number;
        to.place(() => moveInto(to, top), (tops[tree - 1] as number) + 99);
      }
    },
    "documents in documents": (to) =>
      to.place(() => {
        for (let left = 300; left > 0; left--) {
          to.open("iframe");
          to.document();
          to.open("html");
          to.open("body");
        }
        to.end(1_200);
      }),
    "2,000 iframes": (to) =>
      to.place(() => {
        for (let left = 2_000; left > 0; left--) to.leaf("iframe");
      }),
    "2,000 iframes, one in each frame": (to) => {
      for (let left = 2_000; left > 0; left--) {
        to.cut();
        to.place(() => to.leaf("iframe"));
      }
    },
    "iframes that come and go": (to) => {
      for (let left = 2_000; left > 0; left--) {
        to.place(() => to.leaf("iframe"));
        tree.writeRemove(to.out, to.next - 1);
      }
    },
    "doctypes without end": (to) => {
      startPlace(to.out, DOCUMENT_ID, 0);
      for (let left = 20_000; left > 0; left--) tree.writeDoctype(to.out, 7_000_000, 0);
      to.end();
    },
    "a million texts": (to) => {
      for (let frame = 0; frame < 20; frame++) {
        to.cut();
        to.place(() => {
          for (let left = 50_000; left > 0; left--) tree.writeTextNode(to.out, to.next++, "x ");
        });
      }
    },
    "a text of 20 MB": (to) => to.place(() => to.text("p", "word ".repeat(4_000_000))),
    "20 MB of text in many frames": (to) => {
      for (let frame = 0; frame < 40; frame++) {
        to.cut();
        to.place(() => to.text("p", "word ".repeat(100_000)));
      }
    },
    "20 MB in fields": (to) => {
      for (let frame = 0; frame < 40; frame++) {
        to.cut();
        to.place(() => to.leaf("textarea"));
        writeValue(to.out, to.next - 1, "word ".repeat(100_000));
      }
    },
    "an attribute of 20 MB": (to) => to.place(() => to.leaf("p", ["class", "word ".repeat(4_000_000)])),
    "100,000 attributes": (to) => {
      to.place(() => to.leaf("p"));
      const id = to.next - 1;
      for (let at = 0; at < 100_000; at++) tree.writeSetAttribute(to.out, id, `data-n${at}`, "");
    },
    "one name of a megabyte, ten thousand times": (to) => {
      to.place(() => to.leaf("p"));
      const id = to.next - 1;
      const names = ["a ", "b "].map((word) => word.repeat(400_000));
      for (let at = 0; at < 40; at++) tree.writeSetAttribute(to.out, id, "class", names[at % 2] as string);
    },
    "copies of copies in SVG": (to) =>
      to.place(() => {
        to.open("svg", [], SVG);
        to.open("g", ["id", "u0"], SVG);
        to.leaf("rect", ["width", "1", "height", "1"], SVG);
        to.end();
        for (let level = 1; level <= 24; level++) {
          to.open("g", ["id", `u${level}`], SVG);
          to.leaf("use", ["href", `#u${level - 1}`], SVG);
          to.leaf("use", ["href", `#u${level - 1}`], SVG);
          to.end();
        }
        to.leaf("use", ["href", "#u24"], SVG);
        to.end();
      }),
    "dialogs that open and close": (to) => {
      to.place(() => {
        for (let left = 5_000; left > 0; left--) to.text("p", "x");
        to.leaf("dialog");
      });
      const id = to.next - 1;
      for (let left = 20_000; left > 0; left--) {
        writeTopLayer(to.out, id, TopLayer.modal, 0);
        writeTopLayer(to.out, id, 0 as TopLayer, 0);
      }
    },
    "canvases without end": (to) => {
      to.place(() => to.leaf("canvas", ["width", "999999999", "height", "999999999"]));
      const [width, height] = [4_096, 4_096];
      const patch = { width, height, left: 0, top: 0, partWidth: width, partHeight: height, over: false };
      for (let left = 2_000; left > 0; left--)
        writePixels(to.out, to.next - 1, { ...patch, bytes: new Uint8Array(10) });
    },
  };
}

/** What costs little, however much of it comes. */
export function cheapStreams(): Record<string, () => Uint8Array[]> {
  return written({
    "2,000 nested inline blocks": deep("p", 2_000, ["style", "display:inline-block!important"]),
    "2,000 nested floats": deep("p", 2_000, ["style", "float:left!important"]),
    "2,000 nested elements that become grids": (to) => {
      deep("p", 2_000)(to);
      to.place(() => to.text("style", "@layer a{p{display:inline-grid!important}}"));
      for (let id = to.next - 3; id > to.next - 2_000; id--)
        tree.writeSetAttribute(to.out, id, "style", "float:left");
    },
    "positions that ask for a layout each": (to) => {
      to.place(() => {
        for (let left = 5_000; left > 0; left--) to.text("p", "x");
      });
      to.cut();
      for (let left = 20_000; left > 0; left--) {
        tree.writeSetAttribute(to.out, BODY, "style", `width:${left % 900}px`);
        writeScroll(to.out, DOCUMENT_ID, 0, 0);
        writeViewport(to.out, 500 + (left % 500), 700, 500);
      }
    },
    "20,000 animations": (to) => {
      to.place(() => to.leaf("p"));
      const spec = JSON.stringify({
        keyframes: [{ width: "1px" }, { width: "9px" }],
        timing: { duration: 1e6 },
      });
      for (let number = 1; number <= 20_000; number++)
        writeAnimation(to.out, to.next - 1, number, PlayState.running, 0, 1, spec);
    },
  });
}

function moveInto(to: Forger, id: number): void {
  tree.writeMove(to.out, id, false);
}

/**
 * Streams that go beyond what a page can have, by what they do.
 * @param all every style in every way that it can come; else each style in one way, and each way with one style
 */
export function forgedStreams(all = false): Record<string, () => Uint8Array[]> {
  const made = shapes();
  Object.entries(hostileCss).forEach(([what, css], style) => {
    Object.entries(cssWays).forEach(([way, write], number, ways) => {
      // The part that can be a text of the page first is not too much.
      if (what === "a million rules" && way === "a text that moves") return;
      if (all || style === 0 || number === style % ways.length)
        made[`${what}, as ${way}`] = (to) => write(to, css);
    });
  });
  for (const [where, write] of Object.entries(cssValues))
    made[`brackets in ${where}`] = (to) => write(to, nest("calc(", 5_000, "1px", ")"));
  return written(made);
}

function written(streams: Record<string, (forger: Forger) => void>): Record<string, () => Uint8Array[]> {
  const made: Record<string, () => Uint8Array[]> = {};
  for (const [name, write] of Object.entries(streams))
    made[name] = () => {
      const forger = new Forger();
      write(forger);
      return forger.finish();
    };
  return made;
}
