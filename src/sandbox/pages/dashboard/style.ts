/** What the dashboard's pages need beside the style of every page: width, tables that become cards on a phone, forms. */
export const DASHBOARD_STYLE = `
main { max-width: 76rem; padding-top: 1.25rem; }
h1 { font-size: 1.5rem; margin: 1.25rem 0 .5rem; }
.card > h1 { margin-top: 0; }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; line-height: 1.3; }
.card { margin-top: 1rem; padding: 1.25rem; }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
.tabs a { display: block; padding: .5rem .85rem; border: 1px solid transparent; border-radius: 999px; color: var(--text); text-decoration: none; }
.tabs a:hover { background: var(--soft); }
.tabs a[aria-current] { border-color: var(--strong); background: var(--soft); color: var(--strong); font-weight: 600; }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); align-items: start; }
.grid .card { margin: 0; }
.grid + .card { margin-top: 1rem; }
.done { border-left-color: var(--good); }
.clock { margin: 0 0 .25rem; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.fields { display: grid; gap: .75rem 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); align-items: end; margin-top: 1rem; }
.fields label, .search label { display: block; font-size: .875rem; font-weight: 550; }
input:not([type=radio], [type=hidden]), select {
  display: block; width: 100%; min-width: 0; margin-top: .25rem; padding: .55rem .7rem; border: 1px solid var(--edge); border-radius: 8px;
  background: var(--page); color: var(--text); font: inherit; font-weight: 400; font-size: 1rem;
}
.fields .wide { grid-column: 1 / -1; }
.fields button { padding: .6rem 1rem; }
.search { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 0 0 1rem; }
.search label { flex: 1 1 14rem; max-width: 26rem; }
.search button, .small-button { width: auto; padding: .5rem .9rem; }
.small-button { padding: .35rem .75rem; font-size: .875rem; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { padding: 0 0 .6rem; text-align: left; color: var(--muted); font-size: .875rem; }
th, td { padding: .6rem .75rem .6rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
thead th { border-top: 0; padding-top: 0; color: var(--muted); font-size: .8125rem; font-weight: 600; overflow-wrap: normal; }
th:last-child, td:last-child { padding-right: 0; }
td.number, th.number { padding-right: 1.5rem; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td p, th p { margin: 0; }
th .muted { font-weight: 400; }
td ul { margin: 0; padding: 0; list-style: none; }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.state { display: inline-block; font-weight: 600; }
.state::before { content: ""; display: inline-block; width: .6em; height: .6em; margin-right: .45em; border: 2px solid currentColor; border-radius: 50%; }
.state.good::before { background: currentColor; }
td .state { white-space: nowrap; }
.state.over { color: var(--muted); }
.state.over::before, .state.bad::before { border-radius: 0; background: currentColor; }
.pager { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; margin-top: 1rem; }
.requests { margin: 0; padding: 0; list-style: none; }
.requests > li { border-top: 1px solid var(--line); }
.requests > li:first-child { border-top: 0; }
summary { display: flex; flex-wrap: wrap; gap: .15rem 1rem; padding: .7rem .25rem; border-radius: 6px; cursor: pointer; }
summary::before { content: "+"; width: 1ch; font-weight: 700; color: var(--strong); }
[open] > summary::before { content: "–"; }
summary:hover { background: var(--soft); }
summary .name { flex: 1 1 16rem; min-width: 0; overflow-wrap: anywhere; font-weight: 550; }
.details { padding: .5rem 0 1rem 1.5rem; }
.details dl { grid-template-columns: minmax(6rem, auto) 1fr; margin: 0; padding: 0; border: 0; }
.details dd { text-align: left; }
pre { margin: .4rem 0 0; padding: .75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--page); white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, "Cascadia Mono", Menlo, monospace, sans-serif; }
@media (max-width: 48rem) {
  main { padding-left: .75rem; padding-right: .75rem; }
  .details { padding-left: .25rem; }
  th .muted { display: block; }
  .details dl { grid-template-columns: 1fr; gap: 0; }
  .details dd { margin-bottom: .5rem; }
  table, caption, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .75rem 0; border-top: 1px solid var(--line); }
  th, td, td.number { padding: .15rem 0; border: 0; text-align: left; white-space: normal; }
  tbody th { font-weight: 600; }
  td[data-label] { display: grid; grid-template-columns: 8rem 1fr; gap: .75rem; }
  td[data-label]::before { content: attr(data-label); color: var(--muted); font-size: .875rem; }
  td.empty { display: none; }
}
@media (forced-colors: active) {
  .tabs a[aria-current] { border-color: Highlight; background: Highlight; color: HighlightText; forced-color-adjust: none; }
  .state.good::before, .state.over::before, .state.bad::before { background: CanvasText; }
}
`;
