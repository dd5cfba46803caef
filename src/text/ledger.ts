import type { Bilingual } from './sentence.ts';

/** What may be wrong with the ledger's file, and where. */
export const ledgerText = {
  'ledger.fault.damaged': {
    en: 'The ledger’s file is damaged: SQLite cannot read it.',
    zh: '账本文件已损坏：SQLite 无法读取。',
  },
  'ledger.fault.unusable': {
    en: 'The ledger’s file cannot be opened or written ({what}). See whether it is a file, and whether its folder and disk can be written.',
    zh: '无法打开或写入账本文件（{what}）。请检查它是否为文件，以及其所在文件夹和磁盘是否可写。',
  },
  'ledger.fault.missing': {
    en: 'The ledger’s file is gone, although there was one with {count} entries.',
    zh: '账本文件不见了，而之前曾有一份包含 {count} 条记录的账本。',
  },
  'ledger.fault.parts': {
    en: 'The files SQLite keeps beside the ledger (-wal and -shm) were removed or replaced while this window had it open: another window may have written what this one cannot see.',
    zh: '此窗口打开账本期间，SQLite 放在账本旁边的文件（-wal 和 -shm）被删除或替换：其他窗口可能写入了此窗口看不到的内容。',
  },
  'ledger.fault.empty': {
    en: 'There is nothing in the ledger’s file, although there was a ledger.',
    zh: '账本文件是空的，而之前曾有一份账本。',
  },
  'ledger.fault.gone': {
    en: 'The ledger’s file is gone, and what this product remembers of its end is damaged.',
    zh: '账本文件不见了，本产品所记的账本末尾信息也已损坏。',
  },
  'ledger.fault.older': {
    en: 'The ledger is an older or another one than the last this product wrote: entry {known} is not the one it wrote, and the file has {count}.',
    zh: '账本比本产品最后写入的更旧，或是另一份：第 {known} 条记录与写入时不符，文件中共有 {count} 条。',
  },
  'ledger.fault.newer': {
    en: 'A later version of this product wrote the ledger (its format is {version}; this one knows {known}). Install that version again; the file is left as it is.',
    zh: '账本由本产品的更新版本写入（格式为 {version}，当前版本只认识 {known}）。请重新安装较新的版本；文件保持原样。',
  },
  'ledger.fault.no_key': {
    en: 'There is a ledger, but the key that would prove it is not where this product looks. If another window has just made it, reload this window; in a VS Code in the browser, open the browser and address (port) it was made in.',
    zh: '账本存在，但在本产品查找的位置没有用于验证它的密钥。如果是另一个窗口刚刚创建的，请重新加载此窗口；在浏览器中使用 VS Code 时，请用创建它的浏览器和地址（端口）打开。',
  },
  'ledger.fault.ahead': {
    en: 'The ledger’s last entry is of {when} Beijing time, {minutes} minutes after what this computer’s clock says: the clock was wrong then, or it is wrong now. If it is wrong now, set it right.',
    zh: '账本最后一条记录的时间是北京时间 {when}，比本机时钟晚 {minutes} 分钟：要么当时的时钟有误，要么现在有误。如果是现在有误，请校正时钟。',
  },
  'ledger.fault.no_head': {
    en: 'There is a ledger, but what this product remembers of its end is gone or damaged, so nobody can tell whether it is the latest one.',
    zh: '账本存在，但本产品所记的账本末尾信息已丢失或损坏，因此无法判断它是否为最新的账本。',
  },
  'ledger.fault.decided': {
    en: 'The ledger is under another key than when it was opened here: a person may have decided about it in another window. Nothing goes out under the old one.',
    zh: '账本的密钥与此处打开它时不同：可能有人已在另一个窗口中对账本作出决定。不会再凭旧密钥发送任何请求。',
  },
  'ledger.fault.decided.next': {
    en: 'Call again with the same arguments: the ledger is opened anew. Outside VS Code, start the server again first.',
    zh: '请用相同参数再次调用：届时会重新打开账本。在 VS Code 之外，请先重新启动服务器。',
  },
  'ledger.fault.next': {
    en: 'Until a person has decided, no money moves: in VS Code with “Alipay: Review Locked Settings”, outside it in a terminal with “npm run mcp -- --ledger verify” and what that says.',
    zh: '在有人作出决定之前，不会转出资金：在 VS Code 中用“支付宝：检查被锁定的设置”；在其之外，于终端中运行“npm run mcp -- --ledger verify”并按其提示操作。',
  },
  'ledger.altered.event': {
    en: 'The ledger was altered at entry {seq} ({kind}, {when} Beijing time): it, or the one before it, is not what was written.',
    zh: '账本在第 {seq} 条记录处（{kind}，北京时间 {when}）被改动：该条或其前一条与写入时不符。',
  },
  'ledger.altered.cut': {
    en: 'The ledger was cut before entry {seq} ({when} Beijing time): entries are missing there.',
    zh: '账本在第 {seq} 条记录（北京时间 {when}）之前被删减：该处缺少记录。',
  },
  'ledger.altered.before': {
    en: 'The ledger was altered before entry {seq} ({when} Beijing time), the one that vouches for what came before.',
    zh: '账本在第 {seq} 条记录（北京时间 {when}）之前被改动，该条记录用于证明此前的内容。',
  },
  'ledger.altered.operation': {
    en: 'The ledger was altered: operation {id} is not as its last entry left it.',
    zh: '账本被改动：操作 {id} 与其最后一条记录不符。',
  },
  'ledger.altered.gone': {
    en: 'The ledger was altered: operation {id} has entries and is gone.',
    zh: '账本被改动：操作 {id} 有记录，但操作本身已不存在。',
  },
  'ledger.altered.schema': {
    en: 'The ledger was altered: its tables and rules are not those this product made.',
    zh: '账本被改动：其中的表和规则与本产品创建的不同。',
  },
  'ledger.altered.number': {
    en: 'The ledger was altered: it holds a number this product cannot have written.',
    zh: '账本被改动：其中有本产品不可能写入的数字。',
  },
  'ledger.altered.index': {
    en: 'The ledger was altered, or its file is damaged: its indexes and rules do not fit what is in it ({what}).',
    zh: '账本被改动，或其文件已损坏：其索引和约束与其中的内容不符（{what}）。',
  },
} as const satisfies Record<string, Bilingual>;
