/** The look of the page; both colour schemes keep a contrast of 4.5 and more. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #525c6a; --paper: #f3f5f8; --card: #fff;
  --line: #d3d8e0; --accent: #0b5cad; --on-accent: #fff; --good: #14632f; --warn: #854600; --bad: #a31b1b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #aab4c1; --paper: #14181e;
  --card: #1d232b; --line: #3a434f; --accent: #86bdf6; --on-accent: #10202f; --good: #82d69e; --warn: #f2b86b; --bad: #f79a9a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between;
  padding: .6rem max(1.25rem, calc((100vw - 82rem) / 2 + 1.25rem)); background: var(--card); border-bottom: 1px solid var(--line); }
h1 { font-size: 1.2rem; margin: 0; } h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
h2 small { font-weight: normal; color: var(--soft); margin-left: .5rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; display: flex; gap: .6rem; align-items: center; }
p { margin: .25rem 0; } ul { margin: .25rem 0; padding-left: 1.2rem; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; padding: 1rem 1.25rem; max-width: 82rem; margin: 0 auto; }
section, #steps > li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; }
#steps { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: .6rem; }
#next { border-left: .4rem solid var(--accent); } .now { font-size: 1.1rem; }
.number { display: inline-grid; place-items: center; width: 1.7rem; height: 1.7rem; border-radius: 50%;
  border: 1px solid var(--line); color: var(--soft); font-size: .85rem; flex: none; }
.state { margin-left: auto; font-weight: 600; font-size: .9rem; white-space: nowrap; color: var(--soft); }
.state.done, .verdict.authentic { color: var(--good); } .state.failed, .problem, .verdict.not-authentic { color: var(--bad); }
.state.running { color: var(--accent); } .state.skipped, .doubt, .verdict.undetermined, .notice { color: var(--warn); }
.soft, small { color: var(--soft); } small { font-size: .85rem; }
.portraits { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .75rem; }
figure { margin: 0; min-width: 0; overflow-wrap: break-word; } figcaption { text-align: center; font-size: .9rem; color: var(--soft); }
.portraits img, .empty { width: 100%; aspect-ratio: 7 / 9; object-fit: contain; border-radius: .35rem;
  background: var(--paper); border: 1px solid var(--line); display: grid; place-items: center; }
.empty { color: var(--soft); font-size: .85rem; text-align: center; padding: .25rem; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
th, td { text-align: left; padding: .2rem .75rem .2rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-size: .82rem; } tbody th { font-weight: normal; color: var(--soft); }
tr.differs td, tr.differs th { color: var(--bad); font-weight: 600; }
.pin { font-size: 1.2rem; letter-spacing: .06em; font-variant-numeric: tabular-nums; }
.helps, .row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin-top: .5rem; }
.helps > details { flex-basis: 100%; }
.reason { display: grid; gap: .25rem .6rem; flex: 1 1 100%; grid-template-columns: minmax(0, 1fr) auto; max-width: 40rem; }
.reason label, .reason small { grid-column: 1 / -1; } .fields > button { justify-self: start; margin-top: .35rem; }
.fields { display: grid; gap: .25rem .75rem; grid-template-columns: minmax(0, 1fr); margin: .5rem 0; max-width: 24rem; }
.row .fields { margin: 0; } #simulator .fields { max-width: none; }
button, .button, input, select { font: inherit; color: inherit; min-height: 2.75rem; border-radius: .4rem; }
button, .button { border: 1px solid var(--soft); background: var(--card); padding: .4rem .9rem; cursor: pointer;
  text-decoration: none; display: inline-flex; align-items: center; justify-content: center; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button[aria-pressed="true"] { border-color: var(--bad); color: var(--bad); }
button:disabled { opacity: .55; cursor: progress; }
input, select { border: 1px solid var(--soft); padding: .35rem .6rem; background: var(--card); width: 100%; }
summary { cursor: pointer; padding: .25rem 0; } summary h2 { display: inline; }
code { overflow-wrap: anywhere; font-size: .85rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alert { padding: .6rem 1rem; border: 1px solid currentColor; border-radius: .5rem; background: var(--card); margin: 0; color: var(--bad); }
.alert:empty, [hidden] { display: none !important; } #idle { color: var(--warn); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem; z-index: 1; }
@media (min-width: 62rem) {
  main.desk { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); grid-template-areas: "alert alert" "next next" "steps people" "steps ends" "steps simulator"; align-items: start; grid-template-rows: auto auto auto auto 1fr; }
  .alerts { grid-area: alert; } #next { grid-area: next; } #visit { grid-area: steps; } #people { grid-area: people; } #ends { grid-area: ends; } #simulator { grid-area: simulator; }
}
main.receipt { max-width: 44rem; } .receipt dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .25rem 1rem; margin: 0; }
.receipt dt { color: var(--soft); } .receipt dt::first-letter { text-transform: uppercase; } .receipt dd { margin: 0; }
@media (max-width: 34rem) { main { padding: .75rem; } th, td { padding-right: .35rem; } table { font-size: .82rem; }
  table, thead, tbody { display: block; } tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)) 3.6rem; border-bottom: 1px solid var(--line); }
  th, td { border: 0; overflow-wrap: anywhere; } tr > th:first-child { grid-column: 1 / -1; padding-bottom: 0; font-size: .78rem; }
  figcaption { font-size: .78rem; } .portraits { gap: .4rem; } .reason { grid-template-columns: minmax(0, 1fr); }
  .reason button { justify-self: start; } }
@media print { header, .no-print { display: none !important; } body { background: #fff; color: #000; }
  section { border: 0; padding: 0; } * { color: #000 !important; } }
@media (prefers-reduced-motion: no-preference) { #steps > li.running { border-color: var(--accent); } }
`;
