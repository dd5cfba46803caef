import type { Bilingual } from './sentence.ts';

/** What the sandbox's admin door says. */
export const sandboxText = {
  'sandbox.admin.no_token': {
    en: 'This door needs the header “Authorization: Bearer <adminToken>” with the token printed when the sandbox started.',
    zh: '此入口需要请求头“Authorization: Bearer <adminToken>”，令牌在沙箱启动时打印。',
  },
  'sandbox.admin.no_such': {
    en: 'There is no {verb} {path} here. Known: {known}.',
    zh: '没有 {verb} {path} 这个入口。可用的有：{known}。',
  },
  'sandbox.admin.not_json': {
    en: 'The body must be one JSON object.',
    zh: '请求体必须是一个 JSON 对象。',
  },
  'sandbox.admin.too_large': { en: 'The body is too large.', zh: '请求体过大。' },
  'sandbox.admin.field': { en: '“{field}” must be {expected}.', zh: '“{field}”必须是 {expected}。' },
  'sandbox.admin.no_order': { en: 'There is no order {number} in this sandbox.', zh: '沙箱中没有订单 {number}。' },
  'sandbox.admin.not_payable': {
    en: 'Order {number} can no longer be paid: it is {status}.',
    zh: '订单 {number} 已不能支付：状态为 {status}。',
  },
  'sandbox.admin.no_user': { en: 'There is no user {user} in this sandbox.', zh: '沙箱中没有用户 {user}。' },
} as const satisfies Record<string, Bilingual>;
