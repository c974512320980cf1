/** The look of the card while an agent is there: small, with the actions and the chat, the frame's label, the grip. */
export const style = `
.edge span { display: inline-block; vertical-align: top; max-width: 70%; padding: 2px 12px 4px; border-radius: 0 0 8px 8px; font-size: 12px; font-weight: 600; background: var(--tone); color: var(--bg); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.edge:is(.paused, .offline) { --tone: var(--soft); border-style: dashed; } .edge.controlled { --tone: var(--warn); }
.line { display: flex; align-items: center; } .pill { display: flex; gap: 10px; align-items: center; text-align: start; padding-inline: 16px 10px; min-height: 48px; } .line > :not(.pill) { margin-inline-end: 8px; } .pill { min-width: 0; flex: 1 1 auto; } .pill span:last-of-type { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.chat { display: flex; flex-direction: column; min-height: 0; border-top: 1px solid var(--line); } .chat .toggle { display: flex; gap: 10px; align-items: center; text-align: start; padding: 8px 16px; min-height: 44px; flex: none; border-radius: 0; }
.small { width: auto; flex-direction: row; } .small .chat { border: 0; border-inline-start: 1px solid var(--line); } .small .talk { display: none; } .small .toggle:not(.unread) span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .small .toggle { height: 100%; }
.act { display: flex; gap: 8px; align-items: center; justify-content: center; } .act + .act { font-size: 13px; } .act:has(+ .act) { font-size: 13px; } .act:is(:has(+ .act), .act + .act) { flex: 1; flex-direction: column; gap: 2px; padding: 7px 4px; line-height: 1.2; }
.head, .pill, .grip { touch-action: none; } .head { cursor: grab; user-select: none; }
.grip { position: absolute; top: 0; left: 50%; translate: -50% 0; width: 56px; min-height: 12px; height: 12px; padding: 0; cursor: grab; background: none !important; }
.grip::before { content: ""; position: absolute; inset: 4px 14px; border-radius: 2px; background: var(--line); } .grip:is(:hover, :focus-visible)::before { background: var(--soft); }
@media (forced-colors: active) { .edge span { border: 1px solid Highlight; } .grip { border: 0 !important; } .grip::before { background: ButtonText; } }
`;
