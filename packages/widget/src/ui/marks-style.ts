import { marksLayerStyle } from "@copane/client/customer";

/** The look of marks and of the drawing tools; takes the widget's variables. */
export const style = `${marksLayerStyle}
.bar { position: fixed; pointer-events: auto; top: 14px; left: 50%; translate: -50% 0; z-index: 2147483646; display: flex; flex-wrap: wrap; justify-content: center;
  align-items: center; gap: 3px; padding: 6px; width: max-content; max-width: calc(100vw - 20px); background: var(--bg); color: var(--ink); border: 1px solid var(--line);
  border-radius: 12px; box-shadow: 0 8px 28px #0b142a33; }
.bar[hidden] { display: none; }
.bar .tool { width: 36px; min-height: 36px; padding: 0; border: 0; display: grid; place-items: center; }
.bar .tool svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.bar .tool[aria-pressed=true] { background: var(--accent); color: var(--on-accent); }
.bar .swatch { width: 30px; } .bar .swatch svg { width: 18px; height: 18px; border-radius: 50%; background: var(--swatch); border: 1px solid var(--soft); }
.bar .swatch[aria-pressed=true] { background: none; box-shadow: inset 0 0 0 2px var(--accent); }
.bar .worded { width: auto; display: flex; gap: 5px; padding: 0 8px; font-size: 14px; }
.bar .word { min-height: 36px; padding: 4px 10px; font-size: 14px; }
.bar select { font: inherit; font-size: 14px; min-height: 36px; border: 1px solid var(--soft); border-radius: 8px; background: var(--field); color: inherit; }
.bar .rule { width: 1px; height: 22px; background: var(--line); margin: 0 4px; }
@media print { .marks { display: none; } }
`;
