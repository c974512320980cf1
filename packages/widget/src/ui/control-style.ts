/** The look of what stands on the page itself; takes the widget's variables. */
export const style = `
.ring { position: fixed; left: 0; top: 0; z-index: 2147483645; pointer-events: none; border: 3px solid #d97706; border-radius: 6px; box-shadow: 0 0 0 2px #fff; }
.note { position: fixed; left: 0; top: 0; z-index: 2147483646; width: min(320px, calc(100vw - 20px)); padding: 14px; display: grid; gap: 10px; border: 2px solid #d97706; pointer-events: auto; }
.note p { margin: 0; } .note .value { background: var(--field); border-radius: 8px; padding: 8px 10px; overflow-wrap: anywhere; font-weight: 550; }
.note .swatch { display: inline-block; width: 2em; height: 1em; vertical-align: middle; margin-inline-end: 8px; border: 1px solid var(--soft); border-radius: 3px; }
@media (forced-colors: active) { .note { border: 1px solid CanvasText; } }
`;
