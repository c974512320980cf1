/** The view's look; a desktop changes it by custom properties on the element, all of them listed here. */
export const style = `
:host {
  display: block; position: relative; min-height: 320px; height: 100%;
  --bar: var(--copane-bar, #fff); --desk: var(--copane-background, #f3f5f4); --ink: var(--copane-ink, #17211f); --soft: var(--copane-soft, #54625f);
  --edge: var(--copane-edge, #dde3e1); --accent: var(--copane-accent, #0c6a66); --on-accent: var(--copane-on-accent, #fff);
  --danger: var(--copane-danger, #b3261e); --held: var(--copane-held, #fff1d6); --on-held: var(--copane-on-held, #5f3b00);
  --good: var(--copane-good, #1a7f4e); --note: var(--copane-note, #e3f0fb); --on-note: var(--copane-on-note, #123a5c); --radius: var(--copane-radius, 8px);
  font: 14px/1.45 var(--copane-font, system-ui, "Segoe UI", sans-serif); color: var(--ink); background: var(--desk); color-scheme: light;
}
:host([hidden]) { display: none; }
:host([scheme=dark]) {
  --bar: var(--copane-bar, #192124); --desk: var(--copane-background, #12181a); --ink: var(--copane-ink, #e6edeb); --soft: var(--copane-soft, #a3b3af);
  --edge: var(--copane-edge, #2c383b); --accent: var(--copane-accent, #78bab6); --on-accent: var(--copane-on-accent, #06211f); --danger: var(--copane-danger, #ff9d94);
  --held: var(--copane-held, #4a3206); --on-held: var(--copane-on-held, #ffdf9f); --good: var(--copane-good, #4cc38a); --note: var(--copane-note, #12314a); --on-note: var(--copane-on-note, #cfe6fa);
  color-scheme: dark;
}
* { box-sizing: border-box; } [hidden] { display: none !important; }
p, h2, ul { margin: 0; padding: 0; } h2 { font-size: 14px; font-weight: 650; }
.live { display: flex; flex-direction: column; height: 100%; min-height: inherit; }
.bar { position: relative; z-index: 3; display: flex; gap: 12px; align-items: center; height: 48px; flex: none; padding: 0 10px; background: var(--bar); border-bottom: 1px solid var(--edge); }
.who { min-width: 90px; max-width: 250px; flex: 0 1 auto; line-height: 1.25; } .who > div { display: flex; align-items: baseline; gap: 8px; } .who h1, .who .hint { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .who .hint { display: block; unicode-bidi: plaintext; text-align: match-parent; } .who h1 { margin: 0; font: inherit; font-weight: 620; }
.says { flex: 1 1 0; min-width: 0; display: flex; align-items: center; justify-content: center; gap: 10px; }
.tools, .row { display: flex; gap: 8px; align-items: center; } .tools { gap: 6px; flex: none; } .row { flex-wrap: wrap; } .row.end { justify-content: flex-end; } .row.apart { justify-content: space-between; }
.bare, .worded { display: inline-flex; align-items: center; justify-content: center; gap: 7px; position: relative; white-space: nowrap; } .bare { width: 34px; padding: 0; } .bare .word { display: none; } button svg { flex: none; width: 18px; height: 18px; fill: none; stroke: currentcolor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.quiet { border-color: transparent; background: none; color: var(--soft); } .quiet[data-picture=exact] svg { color: var(--good); } .quiet[data-picture=repairing] { color: var(--on-held); background: var(--held); }
.quiet:hover:not(:disabled) { background: var(--desk); color: var(--ink); filter: none; } .quiet[aria-expanded=true] { background: var(--desk); color: var(--ink); }
.split { display: inline-flex; gap: 1px; } .split > button { border-start-end-radius: 0; border-end-end-radius: 0; } .split:has(> .popup[hidden]) > button { border-radius: var(--radius); } .split:has(> button:not([hidden])) .more { border-start-start-radius: 0; border-end-start-radius: 0; } .split .more { width: 28px; } .split:has(> .primary:not([hidden])) .more { background: var(--accent); color: var(--on-accent); border-color: transparent; } .split:has(> .primary:disabled:not([hidden])) .more:not(:hover) { opacity: 0.75; }
[data-count]:not([data-count=""])::before { content: attr(data-count); position: absolute; top: -3px; inset-inline-end: -3px; min-width: 17px; padding: 0 4px; border-radius: 9px; background: var(--danger); color: var(--bar); font: 700 11px/17px inherit; font-size: 11px; text-align: center; }
[data-tip]:is(:hover, :focus-visible):not([aria-expanded=true])::after { content: attr(data-tip); position: absolute; z-index: 5; top: calc(100% + 7px); inset-inline-end: 0; padding: 4px 9px; border-radius: 6px; background: #1c2628; color: #fff; font: 500 12px/1.4 var(--copane-font, system-ui, sans-serif); white-space: nowrap; pointer-events: none; }
.popup { position: relative; display: inline-flex; } .panel { position: absolute; z-index: 4; top: calc(100% + 6px); inset-inline-end: 0; display: grid; gap: 8px; min-width: 230px; width: max-content; max-width: min(300px, calc(100cqi - 20px)); padding: 12px; background: var(--bar); border: 1px solid var(--edge); border-radius: 10px; box-shadow: 0 10px 30px #0f23232e; } .panel[role=menu] { gap: 2px; padding: 6px; } .panel[role=menu] button { justify-content: start; border-color: transparent; } .panel button:hover:not(:disabled) { background: var(--desk); filter: none; } .panel button .word { display: inline !important; }
.moves { display: inline-flex; } .moves button { border-radius: 0; margin-inline-start: -1px; } .moves button:first-child { border-start-start-radius: var(--radius); border-end-start-radius: var(--radius); margin: 0; } .moves button:last-child { border-start-end-radius: var(--radius); border-end-end-radius: var(--radius); }
.hint, .clock { color: var(--soft); font-size: 12.5px; } .clock { font-family: ui-monospace, Menlo, Consolas, monospace; }
.badge { font-size: 12px; font-weight: 600; border-radius: 99px; padding: 3px 10px; border: 1px solid var(--edge); } .badge:is([data-connection=silent], [data-connection=reconnecting], [data-connection=lost]) { background: var(--held); color: var(--on-held); }
button, select, input { font: inherit; color: inherit; }
button { cursor: pointer; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--bar); padding: 6px 12px; min-height: 34px; font-weight: 550; }
button.primary { background: var(--accent); color: var(--on-accent); border-color: transparent; } button.held { background: var(--held); color: var(--on-held); } button.danger { color: var(--danger); }
button:hover:not(:disabled, [aria-disabled]) { filter: brightness(0.97); } button:is(:disabled, [aria-disabled]) { opacity: 0.55; cursor: not-allowed; } button[aria-disabled] { cursor: progress; }
select, input { font-weight: 400; border: 1px solid var(--soft); border-radius: var(--radius); background: var(--bar); padding: 6px 8px; min-height: 34px; width: 100%; min-width: 0; }
label { display: grid; gap: 4px; font-weight: 550; font-size: 13px; } a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.state { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; --pill: var(--desk); padding: 0 10px; border: 3px solid var(--pill); border-radius: 12px; font-size: 13px; line-height: 1.25; background: var(--pill); color: var(--soft); text-align: center; } .state:empty { display: none; }
.state.told { position: absolute; z-index: 3; top: calc(100% + 8px); inset-inline: 0; margin: auto; width: fit-content; max-width: min(640px, calc(100% - 24px)); padding: 8px 14px; -webkit-line-clamp: 6; border-radius: 10px; box-shadow: 0 10px 30px #0f232333; }
.state[data-control=held] { --pill: var(--held); color: var(--on-held); font-weight: 600; }
.state[data-control=pending], .state.paused, .state.told { --pill: var(--note); color: var(--on-note); }
.middle { flex: 1; display: flex; min-height: 0; }
.stage-frame { position: relative; flex: 1; min-width: 0; min-height: 240px; margin: 8px; } .stage, .picker { position: absolute; inset: 0; }
.stage .copane-device { box-shadow: 0 0 0 1px var(--edge), 0 10px 30px #0f23231f; }
.veil { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 8px; text-align: center; padding: 24px; pointer-events: none; color: var(--soft); }
.veil.strong { background: #10181ad9; color: #fff; } .veil.blind { background: #10181a; color: #fff; pointer-events: auto; } .veil b { font-size: 16px; }
.match { position: absolute; inset: 0; margin: auto; width: min(420px, calc(100% - 24px)); height: fit-content; display: grid; gap: 12px; justify-items: center; text-align: center; padding: 24px; background: var(--bar); border: 1px solid var(--edge); border-radius: 12px; box-shadow: 0 10px 30px #0f232333; } .match[hidden] { display: none; } .match .row { justify-content: center; }
.figures { font: 700 56px/1.1 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.1em; margin: 0; }
.picker { cursor: crosshair; outline: none; } .picker .hint { position: absolute; top: 10px; inset-inline: 0; margin: auto; width: fit-content; max-width: calc(100% - 20px); display: flex; flex-wrap: wrap; gap: 8px; align-items: center; background: var(--note); color: var(--on-note); padding: 6px 6px 6px 14px; padding-inline: 14px 6px; border-radius: 10px; font-size: 13px; cursor: default; box-shadow: 0 10px 30px #0f232333; } .picker .hint span { flex: 1; } .picker button { color: var(--ink); min-height: 30px; padding: 3px 10px; }
.picked { position: absolute; border: 3px solid #d97706; border-radius: 5px; pointer-events: none; box-shadow: 0 0 0 2px #fff; }
.side { width: min(320px, 42%); border-inline-start: 1px solid var(--edge); background: var(--bar); overflow: auto; padding: 14px; display: flex; flex-direction: column; gap: 18px; }
.side section { display: grid; gap: 8px; } .side ul { list-style: none; display: grid; gap: 8px; } .side li { display: grid; gap: 3px; justify-items: start; overflow-wrap: anywhere; }
.about { display: grid; gap: 3px; width: 100%; font-size: 13px; } .verified::before { content: "✓ "; color: var(--accent); font-weight: 700; } .about dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 10px; margin: 0; } .about dt { color: var(--soft); } .about dd { margin: 0; unicode-bidi: plaintext; text-align: match-parent; }
.handover:not(:empty) { background: var(--note); color: var(--on-note); padding: 10px; border-radius: var(--radius); display: grid; gap: 8px; justify-items: start; } .handover button { color: var(--ink); } .handover button.primary { color: var(--on-accent); }
.idle:not(:empty) { position: absolute; inset-inline: 0; bottom: 20px; margin: auto; width: fit-content; max-width: calc(100% - 24px); z-index: 2; display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; padding: 12px 16px; background: var(--note); color: var(--on-note); border: 1px solid var(--edge); border-radius: var(--radius); box-shadow: 0 10px 30px #0f232333; }
summary { cursor: pointer; font-weight: 550; padding: 4px 0; } .body { display: grid; gap: 12px; margin-top: 10px; } .invited:not(:empty) { display: grid; gap: 6px; justify-items: start; margin-top: 10px; }
.key { direction: ltr; unicode-bidi: isolate; font: 650 20px/1.2 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.05em; user-select: all; }
.log { min-height: 40px; max-height: 210px; overflow: auto; display: grid; gap: 5px; align-content: start; border: 1px solid var(--edge); border-radius: var(--radius); padding: 8px; overflow-wrap: anywhere; } .log p { white-space: pre-wrap; unicode-bidi: plaintext; } .log .own b { color: var(--accent); }
.talk form { display: grid; grid-template-columns: 1fr auto; gap: 6px; } .talk .canned { grid-column: 1 / -1; color: var(--soft); } button.small { min-height: 26px; padding: 2px 9px; font-size: 12.5px; }
dialog { width: min(430px, calc(100vw - 32px)); border: 1px solid var(--edge); border-radius: 12px; background: var(--bar); color: var(--ink); padding: 20px; } dialog::backdrop { background: #0b1413aa; } dialog h2 { font-size: 17px; }
@container (max-width: 720px) { .middle { flex-direction: column; } .side { width: auto; max-height: 45%; border-inline-start: 0; border-top: 1px solid var(--edge); } .stage-frame { margin: 6px; order: -1; } .bar { height: auto; flex-wrap: wrap; gap: 4px 8px; padding: 6px 8px; } .who { flex: 1 1 100px; } .says { order: 3; flex: 1 1 130px; justify-content: start; } .tools { order: 4; gap: 4px; } .popup { position: static; } .panel { inset-inline: 8px; width: auto; max-width: none; } }
@container (max-width: 1180px) { .quiet[data-picture] .word, .danger.worded .word { display: none; } .quiet[data-picture], .danger.worded { width: 34px; padding: 0; } .bar { gap: 8px; } .who { max-width: 165px; } }
@container (max-width: 420px) { .split .worded .word { display: none; } .split .worded { width: 40px; padding: 0; } }
.live { container-type: inline-size; }
@media (forced-colors: active) { button, select, input, .badge { border: 1px solid CanvasText; } }
`;
