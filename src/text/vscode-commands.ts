import type { Bilingual } from './sentence.ts';

/** Status bar, *Run a Tool*, and what commands say when they cannot do what was asked. */
export const vscodeCommandsText = {
  'status.name': { en: 'Alipay', zh: '支付宝' },
  'status.locked': { en: 'Alipay: locked', zh: '支付宝：已锁定' },
  'status.local': { en: 'Alipay: Local sandbox', zh: '支付宝：本地沙箱' },
  'status.profile': { en: 'Alipay: {label} – {band}', zh: '支付宝：{label} – {band}' },
  'status.tooltip': { en: 'App {appId}, level {level}. Click to switch.', zh: '应用 {appId}，级别{level}。点击切换。' },

  'show.band': { en: 'Whose money: {band}', zh: '环境：{band}' },
  'show.gateway': { en: 'Gateway: {gateway}', zh: '网关：{gateway}' },
  'show.app': { en: 'App: {appId}', zh: '应用：{appId}' },
  'show.mode.key': { en: 'Checked with: the Alipay public key', zh: '验签方式：支付宝公钥' },
  'show.mode.certificate': { en: 'Checked with: certificates', zh: '验签方式：证书' },
  'show.fingerprint': {
    en: 'Key: SHA-256 of its public half {fingerprint}…',
    zh: '密钥：其公钥的 SHA-256 为 {fingerprint}……',
  },
  'show.level': { en: 'Level: {level}', zh: '级别：{level}' },
  'show.limits': {
    en: 'Limits in yuan: {operation} an operation, {payee} a payee or trade in a day, {day} a day',
    zh: '限额（元）：单笔 {operation}，同一收款方或交易每日 {payee}，每日 {day}',
  },

  'file.too_large': { en: '{name} is too large to be a key or a certificate.', zh: '{name} 太大，不会是密钥或证书。' },
  'file.not_text': {
    en: '{name} is no text. Keys and certificates are taken as PEM or base64, not as DER, PFX or JKS.',
    zh: '{name} 不是文本文件。密钥与证书须为 PEM 或 base64，不接受 DER、PFX 或 JKS。',
  },

  'run_tool.title': { en: 'Run a Tool', zh: '运行工具' },
  'run_tool.which': { en: 'Which tool?', zh: '运行哪个工具？' },
  'run_tool.kind.read': { en: 'looks only', zh: '仅查询' },
  'run_tool.kind.write': { en: 'changes something, moves no money out', zh: '会更改，但不转出资金' },
  'run_tool.kind.money': { en: 'moves money out, after your approval', zh: '转出资金，须经您批准' },
  'run_tool.run': { en: 'Run {tool}', zh: '运行 {tool}' },
  'run_tool.form': { en: 'Fill in what you need, then run', zh: '填写所需内容，然后运行' },
  'run_tool.leave_out': { en: 'leave it out', zh: '不填' },
  'run_tool.field': { en: '{description} Empty: left out.', zh: '{description}留空则不填。' },
  'run_tool.running': { en: 'Alipay: {tool}', zh: '支付宝：{tool}' },
  'run_tool.caller': { en: 'You, with “Run a Tool”', zh: '您本人，通过“运行工具”' },

  'command.failed': {
    en: 'This did not work because of a fault in the extension. What happened is in the log (“Alipay: Show Log”).',
    zh: '由于扩展自身的错误，操作未能完成。详情见日志（“支付宝：显示日志”）。',
  },
} as const satisfies Record<string, Bilingual>;
