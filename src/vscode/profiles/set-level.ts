import { InputError } from '../../alipay/errors.ts';
import { formatYuan, parseAmount, type Fen } from '../../alipay/money.ts';
import type { Level } from '../../alipay/profile.ts';
import { say, t, type TextKey } from '../../text/index.ts';
import { bandName, levelName } from './band.ts';
import { pickProfile, problemOf, trusted, type Desk } from './desk.ts';
import { LEVELS, profileOf, type Limits, type StoredProfile } from './stored-profile.ts';

/** The largest amount an input can hold. */
const MOST: Fen = 999_999_999_999;

/**
 * *Set Level and Limits*: lowering takes effect at once; raising, or changing what money-out allows, is confirmed in a
 * modal dialog, and money-out is never set without its limits.
 */
export async function setLevel(desk: Desk): Promise<void> {
  const profiles = await trusted(desk);
  if (!profiles) return;
  const { ui, store } = desk;
  const { locale } = ui;
  const profile = await pickProfile(desk, t(locale, 'level.title'), profiles);
  if (!profile) return;
  const { id, label } = profile;
  const level = await askLevel(desk, profile);
  if (level === undefined) return;
  const limits = level === 'money-out' ? await askLimits(desk, profile) : profile.limits;
  if (level === 'money-out' && !limits) return;
  const isRaised = LEVELS.indexOf(level) > LEVELS.indexOf(profile.level) || level === 'money-out';
  if (isRaised && !(await isConfirmed(desk, profile, level, limits))) return;
  await store.update(id, (before) => ({ ...before, level, ...(limits ? { limits } : {}) }));
  await ui.tell(t(locale, 'level.done', { label, level: levelName(locale, level) }));
}

function askLevel({ ui }: Desk, { label, level: present }: StoredProfile): Promise<Level | undefined> {
  const { locale } = ui;
  const details = {
    'read-only': 'level.read.detail',
    write: 'level.write.detail',
    'money-out': 'level.money.detail',
  } as const satisfies Record<Level, TextKey>;
  return ui.pick({
    title: t(locale, 'level.title_of', { label }),
    placeholder: t(locale, 'level.which'),
    choices: LEVELS.map((level) => ({
      label: levelName(locale, level),
      ...(level === present ? { description: t(locale, 'level.present') } : {}),
      detail: t(locale, details[level]),
      value: level,
    })),
  });
}

/** Asks for the three limits, each within the one before it: a larger one would allow nothing more. */
async function askLimits(desk: Desk, profile: StoredProfile): Promise<Limits | undefined> {
  const { perDay: day, perPayee: payee, perOperation: operation } = profile.limits ?? {};
  const perDay = await askLimit(desk, profile, 'limit.day', MOST, day);
  if (perDay === undefined) return undefined;
  const perPayee = await askLimit(desk, profile, 'limit.payee', perDay, payee);
  if (perPayee === undefined) return undefined;
  const perOperation = await askLimit(desk, profile, 'limit.operation', perPayee, operation);
  return perOperation === undefined ? undefined : { perOperation, perDay, perPayee };
}

async function askLimit(
  { ui }: Desk,
  { label }: StoredProfile,
  name: 'limit.day' | 'limit.payee' | 'limit.operation',
  max: Fen,
  present: Fen | undefined,
): Promise<Fen | undefined> {
  const { locale } = ui;
  const limit = t(locale, name);
  const parse = (value: string): Fen => {
    const fen = parseAmount(value, limit, { min: 1, max: MOST });
    if (fen > max) throw new InputError(say('limit.above', { limit, max: formatYuan(max) }));
    return fen;
  };
  const value = await ui.input({
    title: t(locale, 'level.title_of', { label }),
    prompt: t(locale, 'limit.prompt', { limit }),
    placeholder: '100.00',
    ...(present === undefined ? {} : { value: formatYuan(present) }),
    check: (typed) => problemOf(locale, () => parse(typed)),
  });
  return value === undefined ? undefined : parse(value);
}

function isConfirmed({ ui }: Desk, profile: StoredProfile, level: Level, limits: Limits | undefined): Promise<boolean> {
  const { locale } = ui;
  const { label, band, appId } = profileOf(profile);
  const sums = limits && {
    operation: formatYuan(limits.perOperation),
    payee: formatYuan(limits.perPayee),
    day: formatYuan(limits.perDay),
  };
  const facts = t(locale, 'level.facts', { label, band: bandName(locale, band), appId });
  const what = level === 'money-out' && sums ? t(locale, 'level.money.warning', sums) : t(locale, 'level.write.detail');
  return ui.confirm({
    message: t(locale, 'level.sure', { label, level: levelName(locale, level) }),
    detail: `${facts}\n\n${what}`,
    action: t(locale, 'level.action'),
  });
}
