/**
 * The widget's look. A site changes it by custom properties (README, "Its look"). Whether it is light or dark is the
 * page's `color-scheme`, which our host lets through; browsers that do not know `light-dark()` show it light.
 */
export const style = `
* { box-sizing: border-box; }
.root {
  --bg: var(--copane-background, #fff); --ink: var(--copane-ink, #172033); --soft: #566074; --line: #d6dbe4; --field: #f4f6fa;
  --accent: var(--copane-accent, #1d4ed8); --on-accent: var(--copane-on-accent, #fff); --danger: #b3261e; --warn: #b45309; --radius: var(--copane-radius, 14px);
  font: 15px/1.45 var(--copane-font, system-ui, sans-serif); color: var(--ink); color-scheme: light;
}
@supports (color: light-dark(red, red)) { .root {
  --bg: var(--copane-background, light-dark(#fff, #1b2130)); --ink: var(--copane-ink, light-dark(#172033, #eef1f7)); --soft: light-dark(#566074, #aab4c6);
  --line: light-dark(#d6dbe4, #3a4358); --field: light-dark(#f4f6fa, #252d3f); --accent: var(--copane-accent, light-dark(#1d4ed8, #8fb3ff));
  --on-accent: var(--copane-on-accent, light-dark(#fff, #0d1730)); --danger: light-dark(#b3261e, #ff9d94); --warn: light-dark(#b45309, #f5b14c); color-scheme: inherit;
} }
.edge { --tone: var(--accent); position: fixed; inset: 0; z-index: 2147483644; pointer-events: none; border: 2px solid var(--tone); text-align: center; }
.card { position: fixed; right: max(16px, env(safe-area-inset-right)); bottom: max(16px, env(safe-area-inset-bottom)); z-index: 2147483646; width: 344px; max-width: calc(100vw - 24px);
  max-height: min(calc(100dvh - 24px), var(--room, 100vh)); display: flex; flex-direction: column; overflow: hidden; pointer-events: auto; }
.left .card { right: auto; left: max(16px, env(safe-area-inset-left)); } .card:has(> :first-child:empty) { display: none; }
.card, .note { background: var(--bg); color: var(--ink); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: 0 1px 3px #0b142a1f, 0 12px 36px #0b142a2e; }
.card > :first-child, .panel { display: flex; flex-direction: column; min-height: 0; flex: 0 1 auto; } .panel { position: relative; border-radius: var(--radius); } .panel > .flat { position: absolute; top: 12px; inset-inline-end: 8px; }
.head { display: flex; gap: 10px; align-items: center; padding: 8px 16px 0; min-height: 56px; } .head:has(~ .flat) { padding-inline-end: 52px; } .head h2 { flex: 1; margin: 5px 0; font-size: 16px; line-height: 1.3; font-weight: 650; text-wrap: balance; overflow-wrap: anywhere; }
.body { overflow: auto; padding: 4px 16px 14px; display: grid; gap: 12px; } p { margin: 0; } .panel:focus:not(:focus-visible) { outline: 0; }
.hint, .connection { color: var(--soft); font-size: 13px; } .error { color: var(--danger); font-weight: 550; }
form { display: grid; gap: 12px; margin: 0; } label { display: grid; gap: 5px; font-weight: 550; font-size: 13.5px; }
input { font: inherit; font-size: 16px; padding: 8px 11px; border: 1px solid var(--soft); border-radius: 8px; background: var(--field); color: inherit; width: 100%; min-height: 40px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; } .row > * { flex: 1 1 auto; }
button { font: inherit; font-weight: 600; cursor: pointer; border-radius: 9px; padding: 8px 14px; border: 1px solid var(--line); background: var(--bg); color: var(--ink); min-height: 40px; }
button.primary { background: var(--accent); color: var(--on-accent); border-color: transparent; } button.danger { color: var(--danger); }
button.link { border: 0; background: none; padding: 2px; min-height: 28px; justify-self: start; flex: none; color: var(--accent); font-weight: 550; } .flat { border: 0; padding: 8px; min-width: 40px; }
button svg { width: 20px; height: 20px; flex: none; display: block; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
button:hover:not(:disabled, [aria-disabled]) { background: var(--field); } button.primary:hover:not(:disabled, [aria-disabled]) { background: var(--accent); filter: brightness(1.1); } button:is(:disabled, [aria-disabled]) { opacity: 0.65; cursor: progress; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; } :is(.flat, .panel):focus-visible { outline-offset: -3px; }
.passphrase, [inputmode=numeric] { direction: ltr; } .passphrase { font-size: 32px; line-height: 1.1; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: 0.04em; text-align: center; padding: 12px 4px; background: var(--field); border-radius: 10px; user-select: all; }
.dot { width: 10px; height: 10px; flex: none; border-radius: 50%; background: #16a34a; } :is(.offline, .paused, .waiting, .unshared, .hidden) .dot { background: none; border: 2px solid var(--soft); } :is(.control, .controlled, .match, .idle, .askView, .askRecording) .dot { background: var(--warn); }
[hidden] { display: none !important; }
.announce { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@keyframes turn { to { rotate: 1turn; } } @keyframes come { from { opacity: 0; translate: 0 8px; } }
.waiting .dot { width: 16px; height: 16px; border-top-color: transparent; }
@media (prefers-reduced-motion: no-preference) { .card { animation: come 0.2s ease-out; } .waiting .dot { animation: turn 1s linear infinite; } }
@media (forced-colors: active) { .card, .note, button, input { border: 1px solid CanvasText; } .edge { border-color: Highlight; } .edge span { border: 1px solid Highlight; } .dot { forced-color-adjust: none; } }
@media (max-width: 480px) { .card:not(.small) { inset-inline: 8px !important; width: auto; max-width: none; } }
@media (max-width: 480px) and (orientation: portrait) { .card { max-height: min(35dvh, var(--room, 100vh)); } .body { padding-bottom: 10px; gap: 9px; font-size: 14px; line-height: 1.35; } .body > .row, form .row { position: sticky; bottom: 0; background: var(--bg); } .passphrase { font-size: 28px; padding: 8px 4px; } }
@media print { .root { display: none; } }
`;
