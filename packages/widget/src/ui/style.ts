/** The widget's look; a site changes it by custom properties on `[data-copane]`. */
export const style = `
* { box-sizing: border-box; }
.root {
  --bg: var(--copane-background, #ffffff); --ink: var(--copane-ink, #172033); --soft: #566074; --line: #d6dbe4;
  --accent: var(--copane-accent, #1d4ed8); --on-accent: var(--copane-on-accent, #ffffff); --danger: #b3261e; --field: #f5f7fa;
  font: 15px/1.45 system-ui, sans-serif; color: var(--ink); color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  .root { --bg: var(--copane-background, #1b2130); --ink: var(--copane-ink, #eef1f7); --soft: #aab4c6; --line: #3a4358;
    --accent: var(--copane-accent, #8fb3ff); --on-accent: var(--copane-on-accent, #0d1730); --danger: #ff9d94; --field: #252d3f; }
}
.edge { position: fixed; inset: 0; z-index: 2147483644; pointer-events: none; border: 4px solid var(--accent); }
.edge:is(.paused, .offline) { border-style: dashed; border-color: var(--soft); }
.dock { position: fixed; bottom: 18px; right: 18px; direction: ltr; z-index: 2147483646; display: flex; flex-direction: column; align-items: flex-end; gap: 10px; pointer-events: none; max-height: calc(100vh - 36px); }
.dock > * { pointer-events: auto; } [dir=rtl] .dock > * { direction: rtl; } .left .dock { right: auto; left: 18px; align-items: flex-start; }
.panel, .pill, .chat, .note { background: var(--bg); color: var(--ink);
  border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 12px 36px #0b142a33; }
.panel { width: min(344px, calc(100vw - 24px)); max-height: calc(100vh - 36px); flex: none; overflow: auto; padding: 18px; display: grid; gap: 12px; }
.panel h2 { font-size: 17px; line-height: 1.3; font-weight: 650; margin: 0; text-wrap: balance; }
.panel p { margin: 0; } .panel:focus:not(:focus-visible) { outline: 0; } .hint { color: var(--soft); font-size: 13.5px; } .error { color: var(--danger); font-weight: 550; }
.connection { font-size: 13.5px; color: var(--soft); border-top: 1px solid var(--line); padding-top: 10px; }
form { display: grid; gap: 12px; margin: 0; } label { display: grid; gap: 5px; font-weight: 550; font-size: 13.5px; }
input { font: inherit; font-size: 16px; padding: 9px 11px; border: 1px solid var(--soft); border-radius: 8px; background: var(--field); color: inherit; width: 100%; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
button { font: inherit; font-weight: 600; cursor: pointer; border-radius: 9px; padding: 9px 14px; border: 1px solid var(--line); background: var(--bg); color: var(--ink); min-height: 40px; }
button.primary { background: var(--accent); color: var(--on-accent); border-color: transparent; }
button.danger { color: var(--danger); } button.link { border: 0; background: none; padding: 6px 2px; text-decoration: underline; text-underline-offset: 3px; font-weight: 500; }
button:hover:not(:disabled, [aria-disabled]) { filter: brightness(0.96); } button.primary:hover:not(:disabled, [aria-disabled]) { filter: brightness(1.08); } button:is(:disabled, [aria-disabled]) { opacity: 0.65; cursor: progress; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.passphrase, [inputmode=numeric] { direction: ltr; } .passphrase { font-size: 34px; line-height: 1.1; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: 0.04em; text-align: center; padding: 12px 4px; background: var(--field); border-radius: 10px; user-select: all; }
.pill { display: inline-flex; gap: 8px; align-items: center; border-radius: 22px; } .dot { width: 10px; height: 10px; border-radius: 50%; background: #16a34a; } .pill:is(.offline, .paused, .waiting, .unshared) .dot { background: none; border: 2px solid var(--soft); }
.chat { width: min(344px, calc(100vw - 24px)); display: grid; min-height: 0; flex: 0 1 auto; } .chat .toggle { border: 0; border-radius: 14px; text-align: start; }
[hidden] { display: none !important; }
.announce { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (forced-colors: active) { .panel, .pill, .chat, button, input { border: 1px solid CanvasText; } .edge { border-color: Highlight; } }
@media (max-width: 480px) { .dock { inset-inline: 12px !important; bottom: 12px; align-items: stretch; } .panel, .chat { width: auto; } }
@media print { .root { display: none; } }
`;
