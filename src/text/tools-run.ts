import type { Bilingual } from './sentence.ts';

/** What is wrong with an input, and how a call ended, whichever tool it was. */
export const toolsRunText = {
  'input.not_an_object': {
    en: 'The input must be a JSON object with the tool’s fields, not {got}.',
    zh: '输入必须是包含工具字段的 JSON 对象，而不是 {got}。',
  },
  'input.unknown_fields': {
    en: 'There is no field {names} here; the fields are: {allowed}.',
    zh: '没有字段 {names}；可用的字段为：{allowed}。',
  },
  'input.missing': {
    en: '{field} is missing: give a value such as {example}.',
    zh: '缺少 {field}：请给出 {example} 这样的值。',
  },
  'input.null': {
    en: '{field} must not be null: give a value such as {example}, or leave the field out if it is optional.',
    zh: '{field} 不能为 null：请给出 {example} 这样的值；若为选填字段，可以不填。',
  },
  'input.blank': {
    en: '{field} is blank: give a value such as {example}, or leave the field out if it is optional.',
    zh: '{field} 为空白：请给出 {example} 这样的值；若为选填字段，可以不填。',
  },
  'input.unwritable': {
    en: '{field} contains line breaks, control characters or broken characters: write it as plain text on one line.',
    zh: '{field} 含有换行、控制字符或损坏的字符：请写成单行纯文本。',
  },
  'input.wrong_type': {
    en: '{field} must be of type {expected}, such as {example}, not {got}.',
    zh: '{field} 的类型须为 {expected}，例如 {example}，不能是 {got}。',
  },
  'input.not_one_of': {
    en: '{field} must be one of: {words}; it was {got}.',
    zh: '{field} 须为以下之一：{words}；而给出的是 {got}。',
  },
  'input.too_long': {
    en: '{field} has {length} characters; at most {max} are allowed.',
    zh: '{field} 有 {length} 个字符，最多允许 {max} 个。',
  },
  'input.too_large': { en: '{field} must be at most {max}.', zh: '{field} 最大为 {max}。' },
  'input.too_small': { en: '{field} must be at least {min}.', zh: '{field} 最小为 {min}。' },
  'input.wrong': {
    en: '{field} is not valid: write it like {example}.',
    zh: '{field} 无效：请写成 {example} 这样。',
  },
  'input.not_a_url': {
    en: '{field} must be a whole http or https address without blanks, such as https://shop.example.com/alipay/notify.',
    zh: '{field} 须为不含空格的完整 http 或 https 地址，例如 https://shop.example.com/alipay/notify。',
  },
  'input.url_credentials': {
    en: '{field} must not contain a user name or password.',
    zh: '{field} 不能含有用户名或密码。',
  },
  'input.url_fragment': {
    en: '{field} must not contain “#”: Alipay does not send what follows it.',
    zh: '{field} 不能含有 “#”：支付宝不会发送其后的内容。',
  },
  'input.no_trade': {
    en: 'Say which trade: give trade_no (Alipay’s number) or out_trade_no (your order number).',
    zh: '请指明交易：给出 trade_no（支付宝交易号）或 out_trade_no（商户订单号）。',
  },
  'input.not_a_trade_no': {
    en: 'trade_no {got} cannot be Alipay’s own number, which has at least 16 digits and nothing else: give only the number you are sure of.',
    zh: 'trade_no {got} 不可能是支付宝交易号（至少 16 位纯数字）：请只给出您确定的编号。',
  },
  'input.next': {
    en: 'Nothing was sent. Correct the input and call again.',
    zh: '没有发送任何请求。请更正输入后重新调用。',
  },

  'result.try_again': {
    en: 'Nothing was changed by asking. Try again in a moment.',
    zh: '查询不会改变任何内容，请稍后再试。',
  },
  'result.refused_code': {
    en: 'Alipay refused with the code {code}.',
    zh: '支付宝拒绝了请求，代码 {code}。',
  },

  'run.unknown_tool': {
    en: 'There is no tool {name}. The tools are: {names}.',
    zh: '没有工具 {name}。可用的工具为：{names}。',
  },
  'run.internal': {
    en: 'Something went wrong in this extension, not at Alipay. Nothing was changed.',
    zh: '本扩展内部出错，与支付宝无关。没有改变任何内容。',
  },
  'run.internal.next': {
    en: 'Call it again; if it happens again, report it with what you asked for.',
    zh: '请重试；若再次发生，请附上所请求的内容进行反馈。',
  },
  'run.not_known': {
    en: 'Something went wrong in this extension while {tool} was under way: it is not known whether it took effect.',
    zh: '{tool} 执行过程中本扩展内部出错：尚不知道是否已生效。',
  },
  'run.not_known.next': {
    en: 'Ask before anything else: query_trade for a trade, query_transfer for a transfer. Do not repeat it under other numbers. An authorization code may be used up.',
    zh: '请先查询：交易用 query_trade，转账用 query_transfer。不要换其他编号重复操作。授权码可能已被使用。',
  },

  'settled.already_done': {
    en: 'This was already done on {time} (Beijing time), as operation {id}, and nothing was moved again. What was done then:',
    zh: '此操作已于 {time}（北京时间）完成，操作编号 {id}，本次没有再次执行。当时的结果：',
  },
  'settled.already_done.next': {
    en: 'Nothing more to do. Only if a deliberate second one is wanted, call again with again_after: "{id}".',
    zh: '无需再做任何事。仅当确实需要再做一次时，才以 again_after: "{id}" 再次调用。',
  },
  'settled.denied': { en: 'This was denied; nothing was sent to Alipay.', zh: '已被拒绝，没有向支付宝发送任何请求。' },
  'settled.denied.reason': {
    en: 'A person denied this, saying “{reason}”. Nothing was sent to Alipay.',
    zh: '用户拒绝了此操作，理由：“{reason}”。没有向支付宝发送任何请求。',
  },
  'settled.denied.next': {
    en: 'Ask the person what they want instead. Do not call again on your own.',
    zh: '请询问用户的意愿，不要自行再次调用。',
  },
  'settled.expired': {
    en: 'Nobody approved this in time; nothing was sent to Alipay.',
    zh: '没有人在规定时间内批准，没有向支付宝发送任何请求。',
  },
  'settled.expired.next': {
    en: 'Call again when a person is there to read and approve it.',
    zh: '请在有人可以查看并批准时再次调用。',
  },
  'settled.rejected': { en: 'Alipay refused this; no money moved.', zh: '支付宝拒绝了此操作，资金没有变动。' },
  'settled.unknown': {
    en: 'It is not known yet whether this took effect: it may have, and it may not. It stays in doubt, as operation {id}, until Alipay’s answer is definite.',
    zh: '尚不知道此操作是否已生效：可能已生效，也可能没有。在支付宝给出明确结果之前，操作 {id} 处于待确认状态。',
  },
  'settled.unknown.trade.next': {
    en: 'Do not do it again another way. Ask with query_trade in a minute, or look at the operation; the product keeps asking by itself.',
    zh: '请勿以其他方式重复操作。请一分钟后用 query_trade 查询，或查看该操作；本产品也会自行继续查询。',
  },
  'settled.unknown.transfer.next': {
    en: 'Do not send it again another way. Ask with query_transfer for out_biz_no {number} in a minute; the product keeps asking by itself.',
    zh: '请勿以其他方式再次付款。请一分钟后用 query_transfer 查询 out_biz_no {number}；本产品也会自行继续查询。',
  },
  'settled.not_executed': {
    en: 'This was not carried out; no money moved.',
    zh: '此操作没有执行，资金没有变动。',
  },
  'settled.not_executed.next': {
    en: 'If it is still wanted, call again: a person is asked anew, and the same number is used.',
    zh: '若仍需执行，请再次调用：将重新请人批准，并沿用同一编号。',
  },
  'settled.in_progress': {
    en: 'This operation ({id}) is under way in another window or process just now; it is not decided yet.',
    zh: '此操作（{id}）正在另一个窗口或进程中进行，尚无结果。',
  },
  'settled.in_progress.next': {
    en: 'Wait a minute and call again with the same input: it joins that operation and does nothing twice.',
    zh: '请一分钟后以相同的输入再次调用：会并入该操作，不会重复执行。',
  },
} as const satisfies Record<string, Bilingual>;
