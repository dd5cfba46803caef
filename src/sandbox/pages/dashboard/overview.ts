import { t, type Locale } from '../../../text/index.ts';
import { html, type Html } from '../html.ts';
import { dashboardPage, nothing, table, type Frame } from './frame.ts';

/** What the first page shows: clock, faults, switches. */
export interface OverviewView extends Frame {
  /** Beijing time. */
  readonly now: string;
  /** How far virtual time is from the machine's, in ms. */
  readonly offsetMs: number;
  readonly faults: readonly {
    readonly id: number;
    readonly method: string;
    readonly fault: string;
    readonly count: number;
  }[];
  /** What the form offers. */
  readonly methods: readonly string[];
  readonly faultNames: readonly string[];
  readonly switches: readonly { readonly name: string; readonly value: string; readonly values: readonly string[] }[];
}

const UNITS = ['minutes', 'hours', 'days'] as const;

export function overviewPage(view: OverviewView): string {
  return dashboardPage(
    view,
    'overview',
    html`<div class="grid">${clock(view)} ${faults(view)}</div>
      ${switches(view)}`,
  );
}

function clock({ locale, now, offsetMs }: OverviewView): Html {
  const units = UNITS.map((unit) => [unit, t(locale, `dashboard.clock.${unit}`)] as const);
  return html`<section class="card" aria-labelledby="clock">
    <h2 id="clock">${t(locale, 'dashboard.clock')}</h2>
    <p class="clock">${now}</p>
    <p class="muted">${offsetWords(locale, offsetMs)}</p>
    <form method="post" action="/dashboard/clock" class="fields">
      ${field('amount', t(locale, 'dashboard.clock.amount'), number('amount', 100_000))}
      ${field('unit', t(locale, 'dashboard.clock.unit'), select('unit', units))}
      <button class="primary">${t(locale, 'dashboard.clock.advance')}</button>
    </form>
    <p class="muted small">${t(locale, 'dashboard.clock.hint')}</p>
  </section>`;
}

function offsetWords(locale: Locale, offsetMs: number): string {
  const minutes = Math.floor(Math.abs(offsetMs) / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const span = { days, hours, minutes: minutes % 60 };
  if (offsetMs === 0) return t(locale, 'dashboard.clock.same');
  return offsetMs > 0 ? t(locale, 'dashboard.clock.ahead', span) : t(locale, 'dashboard.clock.behind', span);
}

function faults(view: OverviewView): Html {
  const { locale } = view;
  const columns = [
    { label: t(locale, 'dashboard.method') },
    { label: t(locale, 'dashboard.fault') },
    { label: t(locale, 'dashboard.count'), number: true },
    { label: t(locale, 'dashboard.action') },
  ];
  const rows = view.faults.map(({ id, method, fault, count }) => [
    method === '*' ? html`${t(locale, 'dashboard.fault.any')}` : html`<code>${method}</code>`,
    html`<code>${fault}</code>`,
    html`${String(count)}`,
    html`<form method="post" action="/dashboard/faults/${String(id)}/clear">
      <button class="small-button" aria-label="${t(locale, 'dashboard.fault.clear_one', { fault, method })}">
        ${t(locale, 'dashboard.fault.clear')}
      </button>
    </form>`,
  ]);
  return html`<section class="card" id="faults" aria-labelledby="armed">
    <h2 id="armed">${t(locale, 'dashboard.faults')}</h2>
    ${
      rows.length === 0
        ? nothing(t(locale, 'dashboard.faults.none'))
        : table(t(locale, 'dashboard.faults.caption'), columns, rows)
    }
    ${rows.length < 2 ? undefined : clearAll(locale)} ${armForm(view)}
  </section>`;
}

function clearAll(locale: Locale): Html {
  return html`<form method="post" action="/dashboard/faults/clear">
    <button class="small-button">${t(locale, 'dashboard.fault.clear_all')}</button>
  </form>`;
}

function armForm({ locale, methods, faultNames }: OverviewView): Html {
  const any = ['*', t(locale, 'dashboard.fault.any')] as const;
  const named = (names: readonly string[]) => names.map((name) => [name, name] as const);
  const codes = [
    ['20000', '20000 isp.unknow-error'],
    ['40004', '40004 SYSTEM_ERROR'],
  ] as const;
  const ms = html`<input id="ms" name="ms" type="number" step="1" />`;
  return html`<form method="post" action="/dashboard/faults" class="fields">
    <div class="wide">
      ${field('method', t(locale, 'dashboard.method'), select('method', [any, ...named(methods)]))}
    </div>
    ${field('fault', t(locale, 'dashboard.fault'), select('fault', named(faultNames)))}
    ${field('count', t(locale, 'dashboard.count'), number('count', 1_000_000))}
    ${field('ms', t(locale, 'dashboard.fault.ms'), ms)}
    ${field('as', t(locale, 'dashboard.fault.as'), select('as', codes))}
    <button class="primary wide">${t(locale, 'dashboard.fault.arm')}</button>
  </form>`;
}

function field(name: string, label: string, control: Html): Html {
  return html`<div><label for="${name}">${label}</label>${control}</div>`;
}

/** A whole number from 1. */
function number(name: string, most: number): Html {
  return html`<input id="${name}" name="${name}" type="number" min="1" max="${String(most)}" value="1" required />`;
}

function select(name: string, options: readonly (readonly [value: string, words: string])[]): Html {
  return html`<select id="${name}" name="${name}">
    ${options.map(([value, words]) => html`<option value="${value}">${words}</option>`)}
  </select>`;
}

function switches({ locale, switches: all }: OverviewView): Html {
  const columns = [
    { label: t(locale, 'dashboard.switch') },
    { label: t(locale, 'dashboard.switch.value') },
    { label: t(locale, 'dashboard.switch.values') },
  ];
  const rows = all.map(({ name, value, values }) => [
    html`<code>${name}</code>`,
    html`<strong>${value}</strong>`,
    html`${values.join(' · ')}`,
  ]);
  return html`<section class="card" aria-labelledby="switches">
    <h2 id="switches">${t(locale, 'dashboard.switches')}</h2>
    ${table(t(locale, 'dashboard.switches.caption'), columns, rows)}
  </section>`;
}
