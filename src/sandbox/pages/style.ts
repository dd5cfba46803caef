/** The look of every page: light and dark as the person prefers, borders that survive forced colours, no asset from outside. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f3f5f9; --card: #fff; --text: #171c26; --muted: #586272; --line: #d9dee7; --edge: #8590a3;
  --strong: #1257d6; --on-strong: #fff; --soft: #eef3fd;
  --good: #0a7a45; --bad: #b3261e; --band: #ffd666; --on-band: #332500; --stripe: #332500;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11141a; --card: #1a1f28; --text: #e9ecf2; --muted: #a8b1bf; --line: #343c49; --edge: #76839a;
    --strong: #7db0ff; --on-strong: #0a1424; --soft: #222b3a;
    --good: #62d49a; --bad: #ff9a90; --band: #46350a; --on-band: #ffe3a1; --stripe: #ffd666;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
.band {
  position: sticky; top: 0; z-index: 1; margin: 0; padding: .6rem 1rem; text-align: center;
  background: var(--band); color: var(--on-band); border: 0 solid transparent; border-bottom-width: 6px;
  border-image: repeating-linear-gradient(-45deg, var(--stripe) 0 10px, transparent 10px 20px) 0 0 6 / 0 0 6px;
}
.band strong { margin-right: .6em; letter-spacing: .04em; }
@media (max-width: 30rem) { .band strong { display: block; margin: 0; } }
main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.5rem; }
h1 { margin: 0 0 .25rem; font-size: 1.25rem; line-height: 1.3; text-wrap: balance; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
.muted { color: var(--muted); }
.amount { margin: .75rem 0 1.25rem; font-size: clamp(1.6rem, 8vw, 2.5rem); font-weight: 650; line-height: 1.15; font-variant-numeric: tabular-nums; }
.amount .number { white-space: nowrap; }
.amount .unit { font-size: 1.1rem; font-weight: 500; color: var(--muted); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .5rem 1rem; margin: 1rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); }
dt { color: var(--muted); }
dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
form { margin: 0; }
form + p { margin-top: 1.25rem; }
.actions { display: grid; gap: .75rem; margin-top: 1.5rem; }
.actions:empty { display: none; }
button, .button {
  display: block; width: 100%; padding: .75rem 1rem; border: 1px solid var(--edge); border-radius: 10px;
  background: var(--card); color: var(--text); font: inherit; font-weight: 550; text-align: center; text-decoration: none;
  cursor: pointer;
}
button:hover, .button:hover { background: var(--soft); }
.primary, .primary:hover { background: var(--strong); border-color: var(--strong); color: var(--on-strong); }
.primary:hover { filter: brightness(1.08); }
.quiet, .quiet:hover { border-color: transparent; background: none; color: var(--strong); }
.quiet:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
.notice { margin: 0 0 1rem; padding: .6rem .9rem; border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 8px; }
.mark { display: block; width: 3rem; height: 3rem; margin-bottom: .75rem; }
.good { color: var(--good); }
.bad { color: var(--bad); }
ul { margin: .5rem 0 0; padding-left: 1.25rem; }
fieldset { margin: 1.25rem 0 0; padding: 0; border: 0; }
legend { padding: 0; font-weight: 600; }
.choice {
  display: flex; align-items: center; gap: .75rem; margin-top: .6rem; padding: .7rem .9rem; border: 1px solid var(--edge);
  border-radius: 10px; cursor: pointer;
}
.choice:has(:checked) { border-color: var(--strong); background: var(--soft); }
.choice input { width: 1.15rem; height: 1.15rem; margin: 0; flex: none; accent-color: var(--strong); }
.choice span { display: block; min-width: 0; overflow-wrap: anywhere; }
.small { font-size: .875rem; }
code { font: .9em ui-monospace, "Cascadia Mono", Menlo, monospace; overflow-wrap: anywhere; }
footer { margin-top: 1.25rem; text-align: center; color: var(--muted); font-size: .875rem; }
a { color: var(--strong); }
@media (min-width: 48rem) { main { padding-top: 3.5rem; } .card { padding: 2rem; } .amount { font-size: 2.75rem; } }
@media (forced-colors: active) {
  .band { background: Canvas; color: CanvasText; border: 0; border-bottom: 4px dashed CanvasText; border-image: none; }
  .primary { border: 3px solid ButtonText; }
  .choice:has(:checked) { border: 3px solid Highlight; }
}
`;
