import { Forger } from "./forged-streams.ts";

const shapes: Record<string, (to: Forger) => void> = {
  "columns in columns": (to) =>
    to.place(() => {
      for (let left = 12; left > 0; left--) to.open("div", ["style", "columns:2;height:auto"]);
      for (let left = 200; left > 0; left--) to.text("p", "word ".repeat(20));
      to.end(12);
    }),
  "filters over one another": (to) =>
    to.place(() => {
      const style = "position:fixed;inset:0;filter:blur(90px);backdrop-filter:blur(90px) hue-rotate(40deg)";
      for (let left = 200; left > 0; left--) to.text("div", "x", ["style", style]);
    }),
};

/** Streams within all bounds whose looks cost a browser more than their size tells. */
export function heavyStreams(): Record<string, () => Uint8Array[]> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, write]) => [
      name,
      () => {
        const forger = new Forger();
        write(forger);
        return forger.finish();
      },
    ]),
  );
}
