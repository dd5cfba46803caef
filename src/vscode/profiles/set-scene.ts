import type { TransferScene } from '../../alipay/profile.ts';
import { t, type Locale } from '../../text/index.ts';
import { showHidden } from '../../text/visible.ts';
import { pickProfile, trusted, type Desk } from './desk.ts';
import type { StoredProfile } from './stored-profile.ts';

/** The scenes the merchant console offers (`alipay-openapi.md` §3.12). */
const SCENES = ['现金营销', '企业退款', '佣金报酬', '业务结算', '二手回收', '公益补助', '行政补贴和退款', '保险理赔'];
/** The platform's lengths, in characters. */
const LONGEST_NAME = 64;
const LONGEST_CONTENT = 256;
const MOST_REPORTS = 10;

const OTHER = 'other';
const NONE = 'none';

/**
 * *Set Transfer Scene*: what the merchant declared in the console for transfers; sent with each of them and shown with the
 * rest of what will be signed. It allows nothing by itself, so that nothing is confirmed.
 */
export async function setScene(desk: Desk): Promise<void> {
  const profiles = await trusted(desk);
  if (!profiles) return;
  const { ui, store } = desk;
  const { locale } = ui;
  const profile = await pickProfile(desk, t(locale, 'scene.title'), profiles);
  if (!profile) return;
  const { id, label } = profile;
  const name = await askName(desk, profile);
  if (name === undefined) return;
  const reports = name === NONE ? [] : await askReports(desk, profile, name);
  if (!reports) return;
  await store.update(id, ({ transferScene: _, ...rest }) =>
    name === NONE ? rest : { ...rest, transferScene: { name, reports } },
  );
  await ui.tell(name === NONE ? t(locale, 'scene.removed', { label }) : t(locale, 'scene.done', { label, name }));
}

async function askName({ ui }: Desk, { label, transferScene }: StoredProfile): Promise<string | undefined> {
  const { locale } = ui;
  const title = t(locale, 'scene.title_of', { label });
  const picked = await ui.pick({
    title,
    placeholder: t(locale, 'scene.which'),
    choices: [
      ...SCENES.map((name) => ({
        label: name,
        ...(name === transferScene?.name ? { description: t(locale, 'level.present') } : {}),
        value: name,
      })),
      { label: t(locale, 'scene.other'), value: OTHER },
      { label: t(locale, 'scene.none'), detail: t(locale, 'scene.none.detail'), value: NONE },
    ],
  });
  if (picked !== OTHER) return picked;
  const check = (value: string): string | undefined => problemOf(locale, value, LONGEST_NAME);
  return (await ui.input({ title, prompt: t(locale, 'scene.name'), check }))?.trim();
}

/** Kind and content of each report, until the kind is left empty. */
async function askReports(
  { ui }: Desk,
  { label, transferScene }: StoredProfile,
  name: string,
): Promise<TransferScene['reports'] | undefined> {
  const { locale } = ui;
  const title = t(locale, 'scene.title_of', { label });
  const before = transferScene?.name === name ? transferScene.reports : [];
  const reports: { info_type: string; info_content: string }[] = [];
  const ask = (prompt: string, value: string | undefined, check: (value: string) => string | undefined) =>
    ui.input({ title, prompt, ...(value === undefined ? {} : { value }), check });
  while (reports.length < MOST_REPORTS) {
    const present = before[reports.length];
    const number = reports.length + 1;
    const kind = await ask(t(locale, 'scene.report', { number }), present?.info_type, (value) =>
      value.trim() === '' ? undefined : problemOf(locale, value, LONGEST_NAME),
    );
    if (kind === undefined) return undefined;
    if (kind.trim() === '') break;
    const content = await ask(t(locale, 'scene.content', { kind: kind.trim() }), present?.info_content, (value) =>
      problemOf(locale, value, LONGEST_CONTENT),
    );
    if (content === undefined) return undefined;
    reports.push({ info_type: kind.trim(), info_content: content.trim() });
  }
  return reports;
}

function problemOf(locale: Locale, value: string, max: number): string | undefined {
  const text = value.trim();
  const isGood = text !== '' && Array.from(text).length <= max && showHidden(text) === text;
  return isGood ? undefined : t(locale, 'scene.bad', { max });
}
