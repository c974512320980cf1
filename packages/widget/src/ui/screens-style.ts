/** The look of the rarer screens, and of the widget over a modal dialog of the page. */
export const style = `
.edge.controlled { border-color: #d97706; }
.panel:is(.control, .controlled, .askView, .askRecording) { border: 2px solid #d97706; } .panel.idle { border: 2px solid var(--danger); }
.panel.match { border: 2px solid #d97706; } .figures { font: 700 48px/1.1 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.1em; text-align: center; padding: 12px 4px; background: var(--field); border-radius: 10px; }
.root[popover] { position: fixed; inset: 0; width: auto; height: auto; margin: 0; border: 0; padding: 0; background: none; overflow: visible; pointer-events: none; }
`;
