import type { Bilingual } from './sentence.ts';

/** What `npm run mcp -- --ledger …` says beside the sentences of a decision, which are those of the editor. */
export const ledgerCommandText = {
  'ledger_command.action': {
    en: '--ledger is verify, show, accept or set-aside, not “{value}”.',
    zh: '--ledger 只能是 verify、show、accept 或 set-aside，不能是“{value}”。',
  },
  'ledger_command.none': {
    en: 'There is no ledger in {folder}. Name the folder with --data, as the server was given it.',
    zh: '{folder} 中没有账本。请用 --data 指明启动服务时所用的文件夹。',
  },
  'ledger_command.good': {
    en: '{name}: all {count} entries are as they were written.',
    zh: '{name}：全部 {count} 条记录均与写入时一致。',
  },
  'ledger_command.bad': {
    en: '{name}: {what}',
    zh: '{name}：{what}',
  },
  'ledger_command.how': {
    en: 'Money-out stays locked until you decide, in a terminal: the same command with --ledger accept goes on with it as it stands, with --ledger set-aside begins a new one and keeps this one. --ledger show prints what is written in it.',
    zh: '在您于终端中决定之前，资金转出保持锁定：同一命令加 --ledger accept 表示按现状继续使用，加 --ledger set-aside 表示启用新账本并保留此账本。--ledger show 会输出其中的记录。',
  },
  'ledger_command.how.set_aside': {
    en: 'Money-out stays locked until you decide, in a terminal: it cannot be gone on with, but the same command with --ledger set-aside begins a new one. Nothing is deleted.',
    zh: '在您于终端中决定之前，资金转出保持锁定：此账本无法继续使用，同一命令加 --ledger set-aside 可启用新账本。不会删除任何内容。',
  },
  'ledger_command.person': {
    en: 'Only a person at a terminal decides about a ledger, and stdin and stderr are none here. Nothing was changed. Run the same command in a terminal yourself.',
    zh: '只有终端前的人才能决定账本的去留，而这里的标准输入与标准错误不是终端。未做任何更改。请自行在终端中运行同一命令。',
  },
  'ledger_command.type': {
    en: 'Type “{action}” to do so; anything else leaves it as it is: ',
    zh: '输入“{action}”以执行；输入其他内容则保持原样：',
  },
  'ledger_command.left': {
    en: '{name} is left as it is.',
    zh: '{name} 保持原样。',
  },
} as const satisfies Record<string, Bilingual>;
