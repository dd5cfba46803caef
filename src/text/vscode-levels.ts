import type { Bilingual } from './sentence.ts';

/** Levels, limits and the lock, in VS Code's own UI. */
export const vscodeLevelsText = {
  'level.name.read': { en: 'Read-only', zh: '只读' },
  'level.name.write': { en: 'Write', zh: '写入' },
  'level.name.money': { en: 'Money-out', zh: '资金转出' },
  'level.title': { en: 'Set Level and Limits', zh: '设置级别和限额' },
  'level.title_of': { en: 'Level and Limits of “{label}”', zh: '“{label}”的级别与限额' },
  'level.which': { en: 'How far may this profile go?', zh: '此配置可以做到哪一步？' },
  'level.present': { en: 'now', zh: '当前' },
  'level.read.detail': { en: 'Looks at trades, transfers and bills.', zh: '查询交易、转账和账单。' },
  'level.write.detail': {
    en: 'Also creates and closes trades, and exchanges OAuth codes. No money moves out.',
    zh: '还可创建、关闭交易，换取 OAuth 授权。不会转出资金。',
  },
  'level.money.detail': {
    en: 'Also refunds, cancels and transfers, each after your approval and within limits.',
    zh: '还可退款、撤销和转账，每次都须经您批准且不超过限额。',
  },
  'level.facts': { en: '{label} · {band} · app {appId}', zh: '{label} · {band} · 应用 {appId}' },
  'level.sure': { en: 'Let “{label}” go as far as {level}?', zh: '将“{label}”的级别设为{level}？' },
  'level.money.warning': {
    en: 'Agents may then ask for refunds, cancellations and transfers of real value. Each needs your approval in its panel. At most {operation} yuan in one operation, {payee} yuan to one payee or on one trade in a day, {day} yuan in a day (Beijing time).',
    zh: '此后智能代理可以请求真实的退款、撤销和转账，每一笔都须您在批准面板中确认。单笔最多 {operation} 元，同一收款方或同一交易每日最多 {payee} 元，每日合计最多 {day} 元（北京时间）。',
  },
  'level.action': { en: 'Allow', zh: '允许' },
  'level.done': { en: '“{label}” is at {level} now.', zh: '“{label}”的级别现为{level}。' },
  'limit.day': { en: 'The limit of a day', zh: '每日限额' },
  'limit.payee': { en: 'The limit of a payee or trade in a day', zh: '同一收款方或交易的每日限额' },
  'limit.operation': { en: 'The limit of one operation', zh: '单笔限额' },
  'limit.prompt': { en: '{limit}, in yuan', zh: '{limit}，单位元' },
  'limit.above': {
    en: '{limit} cannot be more than the {max} yuan of the limit before it.',
    zh: '{limit}不能超过上一项限额 {max} 元。',
  },

  'scene.title': { en: 'Set Transfer Scene', zh: '设置转账场景' },
  'scene.title_of': { en: 'Transfer Scene of “{label}”', zh: '“{label}”的转账场景' },
  'scene.which': {
    en: 'The scene you declared for transfers in Alipay’s merchant console',
    zh: '您在支付宝商家平台申报的转账场景',
  },
  'scene.other': { en: '$(edit) Another…', zh: '$(edit) 其他……' },
  'scene.none': { en: '$(close) No scene', zh: '$(close) 不设置场景' },
  'scene.none.detail': {
    en: 'Alipay refuses transfers of most new products then',
    zh: '多数新签约产品的转账会因此被支付宝拒绝',
  },
  'scene.name': { en: 'The name of the scene, exactly as the console has it', zh: '场景名称，须与商家平台完全一致' },
  'scene.report': {
    en: 'Report {number}: its kind, as the console names it (for example 岗位类型). Leave it empty to finish.',
    zh: '第 {number} 项报备信息的类型，与商家平台一致（如 岗位类型）。留空即结束。',
  },
  'scene.content': { en: '{kind}: what is reported', zh: '{kind}：报备内容' },
  'scene.bad': {
    en: 'Between 1 and {max} characters, none of them invisible.',
    zh: '须为 1 至 {max} 个字符，且不含不可见字符。',
  },
  'scene.done': { en: 'Transfers of “{label}” carry the scene {name} now.', zh: '“{label}”的转账现带有场景“{name}”。' },
  'scene.removed': { en: 'Transfers of “{label}” carry no scene now.', zh: '“{label}”的转账现不带场景。' },

  'unlock.title': { en: 'Review Locked Settings', zh: '检查被锁定的设置' },
  'unlock.not_locked': { en: 'Nothing is locked.', zh: '没有锁定的设置。' },
  'unlock.keep': { en: 'Keep the {count} profiles found', zh: '保留找到的 {count} 个配置' },
  'unlock.keep.detail': {
    en: 'Each at read-only, without limits and without a transfer scene, until you set them again',
    zh: '全部降为只读，不带限额和转账场景，直至您重新设置',
  },
  'unlock.forget': { en: 'Go on without them', zh: '不保留任何配置' },
  'unlock.forget.detail': {
    en: 'The profiles are forgotten; the local sandbox stays',
    zh: '清除所有配置，只保留本地沙箱',
  },
  'unlock.keep.sure': {
    en: 'Take over the profiles as the file has them? Check each line.',
    zh: '按文件内容接受这些配置？请逐行核对。',
  },
  'unlock.keep.line': {
    en: '{gateway}, app {appId}, your key {own}, Alipay’s {alipay}: “{label}”',
    zh: '{gateway}，应用 {appId}，您的密钥 {own}，支付宝的 {alipay}：“{label}”',
  },
  'unlock.forget.sure': { en: 'Forget these profiles?', zh: '清除这些配置？' },
  'unlock.action': { en: 'Yes, I Have Checked', zh: '是，我已核对' },
} as const satisfies Record<string, Bilingual>;
