import type { Bilingual } from './sentence.ts';
import { vscodeAuditText } from './vscode-audit.ts';
import { vscodeCommandsText } from './vscode-commands.ts';
import { vscodeProfilesText } from './vscode-profiles.ts';

/** What the editor's room says of its stores: the vault, the settings and the sandbox of all windows. */
export const vscodeText = {
  ...vscodeAuditText,
  ...vscodeCommandsText,
  ...vscodeProfilesText,

  'vault.missing': {
    en: 'A secret of this extension ({name}) is not in VS Code’s secret storage, as this window sees it.',
    zh: '在此窗口所见的 VS Code 机密存储中，缺少本扩展的一项机密（{name}）。',
  },
  'vault.missing.key': {
    en: 'The private key of this profile is not in VS Code’s secret storage, as this window sees it.',
    zh: '在此窗口所见的 VS Code 机密存储中，没有此配置的私钥。',
  },
  'vault.missing.next': {
    en: 'If another window has just stored it, reload this window. Otherwise store it again with “Alipay: Replace Key or Certificates”.',
    zh: '如果是另一个窗口刚刚保存的，请重新加载此窗口；否则请用“支付宝：更换密钥或证书”重新保存。',
  },
  'vault.different': {
    en: 'VS Code’s secret storage holds another value than the one that was stored ({name}). It is not used.',
    zh: 'VS Code 机密存储中的值与当初保存的不同（{name}），不予使用。',
  },
  'vault.not_kept': {
    en: 'VS Code’s secret storage did not keep the value. Nothing was changed.',
    zh: 'VS Code 机密存储未能保存该值，未做任何更改。',
  },

  'lock.missing': {
    en: 'The file with your profiles and limits is gone, although there was one.',
    zh: '保存配置与限额的文件不见了，而之前曾经存在。',
  },
  'lock.unreadable': {
    en: 'The file with your profiles and limits is damaged or cannot be read.',
    zh: '保存配置与限额的文件已损坏或无法读取。',
  },
  'lock.no_key': {
    en: 'There is a file with profiles and limits, but what would prove it is not in VS Code’s secret storage, as this window sees it.',
    zh: '存在保存配置与限额的文件，但在此窗口所见的 VS Code 机密存储中没有用于验证它的内容。',
  },
  'lock.altered': {
    en: 'The file with your profiles and limits was changed by something other than this extension.',
    zh: '保存配置与限额的文件被本扩展以外的程序改动过。',
  },
  'lock.older': {
    en: 'The file with your profiles and limits is an older one than the last this extension wrote.',
    zh: '保存配置与限额的文件比本扩展最后写入的版本更旧。',
  },
  'lock.next': {
    en: 'Until you decide, only the local sandbox works and no money moves. Run “Alipay: Review Locked Settings”; if another window has just changed the settings, reload this window first.',
    zh: '在您决定之前，只有本地沙箱可用，且不会动用任何资金。请运行“支付宝：检查被锁定的设置”；如果另一个窗口刚刚改过设置，请先重新加载此窗口。',
  },

  'settings.busy': {
    en: 'Another window is changing the settings and has not finished. Nothing was changed here.',
    zh: '另一个窗口正在更改设置，尚未完成。此处未做任何更改。',
  },
  'settings.busy.next': {
    en: 'Try again in a moment. If it stays like this, close the other windows.',
    zh: '请稍后再试。如果一直如此，请关闭其他窗口。',
  },

  'emergency.on': {
    en: 'A person has locked everything: no request is signed and no key is in memory.',
    zh: '已有人锁定一切：不再签署任何请求，内存中也没有密钥。',
  },
  'emergency.next': {
    en: 'Only a person can end this, with “Alipay: Unlock Everything”. Do not try again before.',
    zh: '只能由人用“支付宝：全部解锁”解除。在此之前请勿重试。',
  },
  'emergency.done': {
    en: 'Everything is locked. What waited for approval is denied, and no request is signed until you run “Alipay: Unlock Everything”.',
    zh: '已全部锁定。等待批准的请求均已拒绝，在您运行“支付宝：全部解锁”之前不会签署任何请求。',
  },
  'emergency.only_here': {
    en: 'This window is locked, but that could not be kept: other windows may not be, nor this one after a reload.',
    zh: '此窗口已锁定，但锁定状态未能保存：其他窗口可能没有锁定，此窗口重新加载后也可能不再锁定。',
  },
  'emergency.only_here.next': {
    en: 'Close all other windows now, or run “Alipay: Lock Everything” in each of them. Then see to it that this extension’s folder can be written (a full disk?), and lock again before you reload. If that cannot be done, disable the app’s key in Alipay’s console.',
    zh: '请立即关闭其他所有窗口，或在每个窗口中运行“支付宝：全部锁定”。然后请确认本扩展的文件夹可以写入（磁盘是否已满？），并在重新加载之前再次锁定。如果无法做到，请在支付宝控制台停用该应用的密钥。',
  },
  'emergency.review_first': {
    en: 'Everything stays locked. First decide about the settings with “Alipay: Review Locked Settings”, then unlock everything.',
    zh: '仍然全部锁定。请先用“支付宝：检查被锁定的设置”处理设置，再全部解锁。',
  },
  'emergency.not_locked': { en: 'Nothing was locked by “Lock Everything”.', zh: '没有被“全部锁定”锁住的内容。' },
  'emergency.unlock': { en: 'Unlock everything?', zh: '全部解锁？' },
  'emergency.unlock.detail': {
    en: 'Agents get the tools for refunds, cancellations and transfers back, at the level and within the limits that were set before. Unlock only when you know why it was locked, and that the reason is gone.',
    zh: '智能代理将重新获得退款、撤销和转账工具，级别和限额仍为此前的设置。请在确知锁定原因且原因已消除后再解锁。',
  },
  'emergency.unlock.action': { en: 'Unlock', zh: '解锁' },
  'emergency.unlocked': { en: 'Everything is unlocked.', zh: '已全部解锁。' },
  'emergency.status': { en: 'Alipay: LOCKED', zh: '支付宝：已全部锁定' },

  'profiles.same_account': {
    en: 'This app is there already as “{label}”. To give it another key or other certificates, replace them there.',
    zh: '此应用已存在，名为“{label}”。如需换用其他密钥或证书，请在该配置中更换。',
  },
  'profiles.gone': {
    en: 'This profile is not there any more: another window has removed it.',
    zh: '此配置已不存在：另一个窗口已将其删除。',
  },

  'local_sandbox.failed': {
    en: 'The local sandbox could not be started: {words}',
    zh: '无法启动本地沙箱：{words}',
  },
  'local_sandbox.elsewhere': {
    en: 'Another window is starting the local sandbox and has not finished. Try again in a moment.',
    zh: '另一个窗口正在启动本地沙箱，尚未完成。请稍后再试。',
  },
  'local_sandbox.other_secrets': {
    en: 'The local sandbox runs in another window, with keys this window cannot see. Reload this window, or close the other one.',
    zh: '本地沙箱正在另一个窗口中运行，其密钥对此窗口不可见。请重新加载此窗口，或关闭另一个窗口。',
  },
} as const satisfies Record<string, Bilingual>;
