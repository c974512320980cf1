/** The look of the rarer screens, and of the widget over a modal dialog of the page. */
export const style = `
.figures { font: 700 44px/1.1 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.1em; text-align: center; padding: 12px 4px; background: var(--field); border-radius: 10px; }
.card:has(:is(.control, .controlled, .match, .askView, .askRecording)) { border-color: var(--warn); box-shadow: 0 0 0 1px var(--warn), 0 12px 36px #0b142a2e; } .card:has(.idle) { border-color: var(--danger); }
.check { display: flex; gap: 10px; align-items: start; font-weight: 500; } .check input { width: 20px; min-height: 20px; height: 20px; margin: 0; flex: none; accent-color: var(--accent); }
.root[popover] { position: fixed; inset: 0; width: auto; height: auto; margin: 0; border: 0; padding: 0; background: none; overflow: visible; pointer-events: none; }
`;
