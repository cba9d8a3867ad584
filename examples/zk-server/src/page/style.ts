/** The look of the page; both colour schemes keep a contrast of 4.5 and more. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #56606e; --paper: #f5f6f8; --card: #fff;
  --line: #d6dae1; --accent: #0b5cad; --good: #156b36; --warn: #8a4b00; --bad: #a81e1e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #a9b2bf; --paper: #14181e;
  --card: #1d232b; --line: #38414d; --accent: #7db8f5; --good: #7fd49b; --warn: #f0b465; --bad: #f59292; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; padding: .75rem 1.5rem;
  background: var(--card); border-bottom: 1px solid var(--line); }
header h1 { font-size: 1.25rem; margin: 0; } header form { margin-left: auto; }
main, main > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; align-items: start; }
main { padding: 1.5rem; max-width: 100rem; margin: 0 auto; }
main.narrow { max-width: 30rem; }
@media (min-width: 70rem) { main:not(.narrow) { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } }
@media (max-width: 40rem) { main { padding: .75rem; } section { padding: .75rem; } }
section { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem;
  overflow-x: auto; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; display: flex; gap: .75rem; align-items: baseline; }
h2 small { font-weight: normal; color: var(--soft); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
th { color: var(--soft); font-weight: 600; font-size: .85rem; white-space: nowrap; }
thead th { white-space: normal; vertical-align: bottom; } th:last-child, td:last-child { padding-right: 0; }
td { white-space: nowrap; } td.wrap { white-space: normal; overflow-wrap: anywhere; min-width: 6rem; }
td form { display: inline-block; margin: 0 .35rem .2rem 0; } td p { margin: 0; white-space: normal; }
.acts { position: sticky; left: 0; display: inline-block; max-width: calc(100vw - 3.5rem); white-space: normal; }
tr.told > * { border-bottom: 0; padding-bottom: 0; }
progress { display: block; width: 100%; height: .4rem; accent-color: var(--accent); }
tr.new td { animation: arrive 2s ease-out; }
@keyframes arrive { from { background: color-mix(in srgb, var(--accent) 30%, transparent); } }
@media (prefers-reduced-motion: reduce) { tr.new td { animation: none; } }
button, input, select { font: inherit; color: inherit; }
button { border: 1px solid var(--line); background: var(--paper); border-radius: .35rem; padding: .2rem .7rem; cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--card); padding: .35rem 1rem; justify-self: start; }
.fields label.wide { grid-column: span 2; }
.fields button.main { grid-column: 1 / -1; }
input, select { border: 1px solid var(--soft); border-radius: .35rem; padding: .25rem .5rem; background: var(--card); width: 100%; height: 2.25rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; align-items: end; }
.narrow .fields { margin-bottom: 1rem; }
.fields label { display: block; font-size: .85rem; color: var(--soft); }
.state { font-weight: 600; } .approved, .live { color: var(--good); } .pending { color: var(--warn); }
.blocked, .problem { color: var(--bad); } .soft { color: var(--soft); }
.message { grid-column: 1 / -1; padding: .6rem 1rem; border: 1px solid currentColor; border-radius: .5rem; background: var(--card); margin: 0; }
.done { color: var(--good); }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem; }
`;
