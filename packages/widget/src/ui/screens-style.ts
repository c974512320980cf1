/** The look of the rarer screens, and of the widget over a modal dialog of the page. */
export const style = `
.edge.controlled { border-color: #d97706; }
.panel:is(.control, .controlled, .askView, .askRecording) { border: 2px solid #d97706; } .panel.idle { border: 2px solid var(--danger); }
.root[popover] { position: fixed; inset: 0; width: auto; height: auto; margin: 0; border: 0; padding: 0; background: none; overflow: visible; pointer-events: none; }
`;
