/** The look of what stands behind the chat's button; takes the widget's variables. */
export const style = `
.talk { display: flex; flex-direction: column; gap: 10px; padding: 4px 16px 14px; min-height: 0; } .talk form { grid-template-columns: 1fr auto; gap: 8px; flex: none; }
.log { overflow: auto; max-height: min(220px, 30vh); display: grid; gap: 6px; align-content: start; flex: 0 1 auto; min-height: 24px; } .log p { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; unicode-bidi: plaintext; }
.log .own b { color: var(--accent); } .log a { color: var(--accent); } .toggle.unread { color: var(--accent); }
@media (max-width: 480px) and (orientation: portrait) { .talk { padding-bottom: 8px; gap: 6px; } .log { max-height: 72px; } }
`;
