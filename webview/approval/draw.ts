import type { ApprovalView, Line, Marked, Row, Warning, Words } from '../../src/vscode/approval/protocol.ts';
import { el, visibleText, type Child } from '../shared/dom.ts';

/** Everything above the decision bar, in the order a careful person reads: what, warnings, effect, words, small print. */
export function drawRequest(view: ApprovalView): HTMLElement {
  const { words } = view;
  return el(
    'main',
    { class: 'request', tabindex: '0', 'aria-labelledby': 'operation' },
    el(
      'div',
      { class: 'column' },
      loud('changed', view.changed),
      loud('second', view.second),
      heading(view),
      warnings(view),
      section(words.facts, 'facts', rows(view.facts, words)),
      effect(view),
      agentWords(view),
      section(words.limits, 'limits', rows(view.limits, words)),
      signed(view),
      el('p', { class: 'asker' }, visibleText(view.asker)),
      el('p', { class: 'expires' }, view.expires),
    ),
  );
}

/** The strip on top: whose money it is. */
export function drawBand({ band, profile, words, queue }: ApprovalView, left: HTMLElement): HTMLElement {
  return el(
    'div',
    { class: `band ${band.kind}` },
    el('p', { class: 'whose' }, el('strong', {}, band.name), ' ', el('span', {}, band.note)),
    el('p', { class: 'profile' }, visibleText(profile)),
    el('p', { class: 'time' }, `${words.timeLeft} `, left),
    queue === undefined ? undefined : el('p', { class: 'queue' }, queue),
  );
}

function heading({ kind, operation, amount, words }: ApprovalView): HTMLElement {
  return el(
    'div',
    { class: 'what' },
    el('p', { class: 'kind' }, kind),
    el('h1', { id: 'operation' }, ...line(operation, words)),
    el(
      'div',
      { class: 'sum' },
      el(
        'p',
        { class: 'figure' },
        amount.atMost === undefined ? undefined : el('span', { class: 'at-most' }, `${amount.atMost} `),
        el('span', { class: 'number' }, amount.figure),
        ' ',
        el('span', { class: 'unit' }, amount.unit),
      ),
      el('p', { class: 'capitals', lang: 'zh-CN' }, amount.capitals),
    ),
  );
}

function loud(name: string, alert: ApprovalView['second']): Child {
  if (!alert) return undefined;
  return el('div', { class: `loud ${name}` }, el('p', { class: 'title' }, alert.title), el('p', {}, alert.text));
}

function warnings({ warnings: all, words }: ApprovalView): Child {
  if (all.length === 0) return undefined;
  const items = all.map((warning) =>
    el('li', { class: warning.isNote ? 'note' : 'warning' }, ...line(warning, words), alike(warning)),
  );
  return section(words.warnings, 'warnings', el('ul', {}, ...items));
}

function alike({ alike: pair }: Warning): Child {
  if (!pair) return undefined;
  const parts = pair.flatMap(({ label, text }) => [el('dt', {}, label), el('dd', {}, marked(text))]);
  return el('dl', { class: 'alike' }, ...parts);
}

function marked(text: Marked): HTMLElement {
  return el('code', {}, ...text.map((piece) => (piece.marked ? el('mark', {}, piece.text) : piece.text)));
}

function effect({ effect: { rows: sums, lines }, words }: ApprovalView): Child {
  if (sums.length + lines.length === 0) return undefined;
  return section(
    words.effect,
    'effect',
    sums.length > 0 ? rows(sums, words) : undefined,
    ...lines.map((each) => el('p', {}, ...line(each, words))),
  );
}

function agentWords({ agentWords: all, words }: ApprovalView): Child {
  if (all.length === 0) return undefined;
  const parts = all.flatMap(({ label, field, text }) => [
    el('dt', {}, label, label === field ? undefined : el('code', {}, ` ${field}`)),
    el('dd', {}, visibleText(text)),
  ]);
  return section(
    words.agentWords,
    'words',
    el('p', { class: 'checked' }, words.agentWordsNote),
    el('dl', {}, ...parts),
  );
}

function signed({ signed: { rows: all, pretty, raw, digest }, words }: ApprovalView): HTMLElement {
  const groups = digest.flatMap((group) => [el('span', {}, group), el('wbr')]);
  return el(
    'section',
    { class: 'signed', 'aria-labelledby': 'signed' },
    el('h2', { id: 'signed' }, words.signed),
    el('p', { class: 'quiet' }, words.signedNote),
    el('dl', { class: 'digest' }, el('dt', {}, words.digest), el('dd', {}, el('code', {}, ...groups))),
    el(
      'details',
      {},
      el('summary', {}, words.show),
      rows(all, words),
      el('h3', {}, words.pretty),
      el('pre', {}, visibleText(pretty)),
      el('h3', {}, words.raw),
      el('pre', { class: 'raw' }, visibleText(raw)),
    ),
  );
}

function section(title: string, name: string, ...children: readonly Child[]): HTMLElement {
  return el('section', { class: name, 'aria-labelledby': name }, el('h2', { id: name }, title), ...children);
}

function rows(all: readonly Row[], words: Words): HTMLElement {
  const parts = all.flatMap((row) => [el('dt', {}, row.label), el('dd', {}, ...line(row, words))]);
  return el('dl', {}, ...parts);
}

/** A line, with how it read before or that it is new. */
function line({ text, was, isNew }: Line, words: Words): Child[] {
  if (was !== undefined) {
    const before = el('span', { class: 'was' }, `${words.before} `, el('s', {}, visibleText(was)));
    return [before, ' ', el('mark', { class: 'now' }, visibleText(text))];
  }
  if (isNew) return [el('mark', { class: 'now' }, visibleText(text)), ' ', el('span', { class: 'tag' }, words.isNew)];
  return [visibleText(text)];
}
