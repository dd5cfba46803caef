import type { Bilingual } from './sentence.ts';

/** What every program says about its command line and the files that are named there. */
export const optionsText = {
  'option.unknown': {
    en: '“{option}” is not an option of this program.',
    zh: '此程序没有“{option}”这个选项。',
  },
  'option.stray': {
    en: '“{word}” is one word too many.',
    zh: '多出了“{word}”。',
  },
  'option.no_value': {
    en: '{option} needs a value after it.',
    zh: '{option} 后面需要给出值。',
  },
  'option.dashed': {
    en: '{option} needs a value after it, and what begins with “-” is taken for another option.',
    zh: '{option} 后面需要给出值；以“-”开头的会被当作另一个选项。',
  },
  'option.takes_none': {
    en: '{option} takes no value.',
    zh: '{option} 不带值。',
  },
  'file.none': {
    en: '{option}: there is no file {path}.',
    zh: '{option}：没有文件 {path}。',
  },
  'file.is_folder': {
    en: '{option}: {path} is a folder; a file is needed.',
    zh: '{option}：{path} 是文件夹，此处需要文件。',
  },
  'file.forbidden': {
    en: '{option}: this user may not read the file {path}.',
    zh: '{option}：当前用户无权读取文件 {path}。',
  },
  'file.unreadable': {
    en: '{option}: the file {path} cannot be read ({code}).',
    zh: '{option}：无法读取文件 {path}（{code}）。',
  },
  'folder.is_file': {
    en: '{path} is a file; a folder is needed.',
    zh: '{path} 是文件，此处需要文件夹。',
  },
} as const satisfies Record<string, Bilingual>;
