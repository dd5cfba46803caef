/** What `npm start` opens VS Code with: a folder with a page that says what to do, and settings to begin with. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { t } from '../../src/text/index.ts';

/** Nothing leaves the machine unasked, nothing has to be clicked away, and the page is the first thing one sees. */
const SETTINGS = {
  'workbench.startupEditor': 'readme',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};

/** What a person says to an agent first. */
export function prompts(locale) {
  return {
    refund: t(locale, 'tour.prompt.refund'),
    create: t(locale, 'tour.prompt.create'),
    bill: t(locale, 'tour.prompt.bill'),
  };
}

/** Writes the page anew into a folder; whatever else is there stays. */
export function writeWelcome(folder, locale) {
  writeFileSync(join(folder, 'README.md'), t(locale, 'start.welcome', prompts(locale)));
}

/** Writes the user's settings into VS Code's data folder, once: afterwards they are the user's own. */
export function writeFirstSettings(dataFolder) {
  const file = join(dataFolder, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(SETTINGS, undefined, 2)}\n`);
}
