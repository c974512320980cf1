/** The look of what stands behind the chat's button; takes the widget's variables. */
export const style = `
.talk { display: grid; gap: 10px; padding: 0 14px 14px; min-height: 0; } .talk form { grid-template-columns: 1fr auto; gap: 8px; }
.log { overflow: auto; max-height: min(220px, 30vh); display: grid; gap: 6px; align-content: start; } .log p { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; unicode-bidi: plaintext; }
.log .own b { color: var(--accent); } .log a { color: var(--accent); }
`;
