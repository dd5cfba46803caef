import { ledgerText } from './ledger.ts';
import type { Bilingual } from './sentence.ts';

/** Sentences of the guard and the ledger: why something is refused, what a person is warned of, how it ended. */
export const guardText = {
  ...ledgerText,

  'ledger.no_sqlite': {
    en: 'This editor’s Node has no SQLite, so money operations could not be recorded. They stay locked; update the editor.',
    zh: '此编辑器的 Node 不带 SQLite，无法记录资金操作。资金操作保持锁定，请更新编辑器。',
  },
  'ledger.unusable': {
    en: 'The ledger of money operations cannot be opened, so no money moves. The log says more.',
    zh: '无法打开资金操作账本，因此不会转出资金。详情见日志。',
  },
  'ledger.busy': {
    en: 'Other windows or processes were writing the ledger of money operations all the time, so this could not be recorded.',
    zh: '其他窗口或进程一直在写入资金操作账本，因此无法记录此操作。',
  },
  'ledger.busy.next': {
    en: 'Call again with the same arguments.',
    zh: '请用相同参数再次调用。',
  },
  'ledger.left_behind': {
    en: 'The process that held this operation ended before it was settled.',
    zh: '持有此操作的进程在其结束之前就已退出。',
  },
  'ledger.gone': {
    en: 'This operation is no longer in the state it was approved in. Nothing was sent.',
    zh: '此操作已不处于获批时的状态，没有发送任何请求。',
  },
  'ledger.adopted': {
    en: 'Alipay had done this already, under the same number.',
    zh: '支付宝此前已按同一编号完成了此操作。',
  },
  'limit.perOperation': {
    en: '{amount} CNY is above the limit of {limit} CNY for one operation. Only a person can raise it, in VS Code.',
    zh: '{amount} 元超过单笔限额 {limit} 元。只有人可以在 VS Code 中提高限额。',
  },
  'limit.perDay': {
    en: 'With {amount} CNY more, today (Beijing) would pass this account’s limit of {limit} CNY, counting what is under way or in doubt.',
    zh: '再加 {amount} 元将超过此账户今日（北京时间）限额 {limit} 元，进行中和结果未明的操作也计算在内。',
  },
  'limit.perPayee': {
    en: 'With {amount} CNY more, today (Beijing) would pass the limit of {limit} CNY for one payee or trade.',
    zh: '再加 {amount} 元将超过单个收款方或单笔交易的今日（北京时间）限额 {limit} 元。',
  },
  'guard.nobody_to_ask': {
    en: 'Moving money needs a person’s approval, and approval needs VS Code.',
    zh: '资金转出需要人工批准，而批准需要在 VS Code 中进行。',
  },
  'guard.nobody_to_ask.next': {
    en: 'Use the Alipay extension in VS Code, or try it here against the local sandbox with a client that supports elicitation.',
    zh: '请使用 VS Code 中的支付宝扩展，或用支持 elicitation 的客户端连接本地沙箱试用。',
  },
  'guard.locked.next': {
    en: 'Until a person has decided in VS Code, no money moves.',
    zh: '在有人于 VS Code 中处理之前，不会转出资金。',
  },
  'guard.no_limits': {
    en: 'No limits are set for this profile, so no money can move. A person sets them in VS Code.',
    zh: '此配置尚未设置限额，因此不能转出资金。请由人在 VS Code 中设置。',
  },
  'guard.clock': {
    en: 'This computer’s clock is {minutes} minutes away from Alipay’s, so days and time windows cannot be trusted. No money moves until it is right.',
    zh: '本机时钟与支付宝相差 {minutes} 分钟，日期和时间窗口不可信。时钟校正之前不会转出资金。',
  },
  'guard.clock.next': {
    en: 'Set the computer’s clock (and its time zone) right, then call again.',
    zh: '请校正本机时间和时区后重试。',
  },
  'guard.cannot_read': {
    en: 'The present state could not be read from Alipay, so nobody was asked and nothing was sent.',
    zh: '无法从支付宝读取当前状态，因此没有请求批准，也没有发送任何请求。',
  },
  'guard.not_scanned': {
    en: 'Alipay knows no trade under {number}. Of an order nobody has scanned or opened yet it knows none either; nothing was paid for it, so nothing can go back.',
    zh: '支付宝没有商户订单号为 {number} 的交易。无人扫码或打开过的订单在支付宝也没有记录；既然未付款，也就无可退回。',
  },
  'guard.not_scanned.next': {
    en: 'Check the number, and that it belongs to this app. An order nobody pays ends by itself.',
    zh: '请核对订单号，并确认它属于此应用。无人付款的订单会自行关闭。',
  },
  'guard.next.try_again': {
    en: 'Call again in a moment; the same call stays the same operation.',
    zh: '请稍后再次调用；相同的调用仍是同一笔操作。',
  },
  'guard.currency': {
    en: 'This trade is in {currency}. Only CNY is handled here.',
    zh: '此交易的币种为 {currency}，此处只处理人民币。',
  },
  'guard.status': {
    en: 'The trade is in a state this tool does not know ({status}).',
    zh: '交易处于此工具不认识的状态（{status}）。',
  },
  'guard.busy': {
    en: 'Another money operation on the same trade or payee ({operation}) is under way.',
    zh: '同一笔交易或同一收款方的另一笔资金操作（{operation}）正在进行。',
  },
  'guard.busy_in_doubt': {
    en: 'An earlier money operation on the same trade or payee ({operation}) is in doubt; nothing more moves there until Alipay’s answer is definite.',
    zh: '同一笔交易或同一收款方此前的资金操作（{operation}）结果未明；在支付宝给出明确结果之前不会再转出资金。',
  },
  'guard.busy.next': {
    en: 'Wait for it to end, then call again.',
    zh: '请等待其结束后再调用。',
  },
  'guard.not_again': {
    en: 'again_after must be the id of the latest succeeded operation of just this request, unused so far: that is {latest}.',
    zh: 'again_after 必须是与此请求完全相同的最近一笔成功操作的编号，且未被使用过：即 {latest}。',
  },
  'guard.again_in_doubt': {
    en: 'The deliberate second one after {latest} was made, as operation {second}; what became of it was never definite, and a person closed it by hand. One more can be asked for, without again_after, a day after {latest} succeeded.',
    zh: '{latest} 之后特意再做的一笔已经执行过，即操作 {second}；其结果始终不明确，已由人手动了结。在 {latest} 成功一天之后，可以不带 again_after 再次请求。',
  },
  'guard.not_again.next': {
    en: 'Ask the person whether the same amount is to go out once more; do not decide that on your own.',
    zh: '请询问用户是否确实要再次转出相同金额，不要自行决定。',
  },
  'guard.nothing_to_repeat': {
    en: 'again_after names an operation to repeat, and there is none: nothing like this succeeded before. Leave it out.',
    zh: 'again_after 用于重复一笔已成功的操作，而此前没有这样的操作。请去掉该参数。',
  },
  'guard.denied_too_often': {
    en: 'A person denied exactly this ({amount} CNY) three times in ten minutes, last at {when} Beijing time. It is not asked again for now.',
    zh: '十分钟内已有三次拒绝此操作（{amount} 元），最近一次在北京时间 {when}。暂时不再询问。',
  },
  'guard.denied_too_often_because': {
    en: 'A person denied exactly this ({amount} CNY) three times in ten minutes, last at {when} Beijing time: “{reason}”. It is not asked again for now.',
    zh: '十分钟内已有三次拒绝此操作（{amount} 元），最近一次在北京时间 {when}：“{reason}”。暂时不再询问。',
  },
  'guard.given_up_too_often': {
    en: 'Calls for exactly this ({amount} CNY) were given up before a person decided, or denied, three times in ten minutes, last at {when} Beijing time. Nobody is asked again for now.',
    zh: '十分钟内，此操作（{amount} 元）的调用已有三次在人工处理之前被放弃或被拒绝，最近一次在北京时间 {when}。暂时不再询问。',
  },
  'guard.queue_full': {
    en: 'Already {most} requests of this client wait for a person. Wait until they are decided.',
    zh: '此客户端已有 {most} 个请求在等待批准，请等它们处理完毕。',
  },
  'guard.ended': {
    en: 'The profile’s settings changed, everything was locked, or the product is shutting down. Nothing was sent.',
    zh: '配置已更改、全部操作已被锁定，或程序正在退出。没有发送任何请求。',
  },
  'guard.waiting': {
    en: 'Waiting for a person to approve or deny…',
    zh: '正在等待人工批准或拒绝……',
  },
  'guard.sending': {
    en: 'Approved; sending to Alipay…',
    zh: '已批准，正在发送到支付宝……',
  },
  'guard.settling': {
    en: 'Alipay’s answer is not definite; asking what became of it…',
    zh: '支付宝的应答不明确，正在查询结果……',
  },
  'guard.expired': {
    en: 'Nobody decided within five minutes.',
    zh: '五分钟内无人处理。',
  },
  'guard.caller_left': {
    en: 'The call was given up before a person decided.',
    zh: '在人工处理之前，调用已被放弃。',
  },
  'guard.grant_void': {
    en: 'Too much time passed between the approval and the sending. Nothing was sent.',
    zh: '批准与发送之间间隔过久，没有发送任何请求。',
  },
  'guard.nothing_sent': {
    en: 'Something went wrong inside this product before anybody was asked. Nothing was sent.',
    zh: '在请人批准之前，程序内部出错。没有发送任何请求。',
  },
  'guard.interrupted': {
    en: 'Something went wrong inside this product on the way.',
    zh: '处理过程中程序内部出错。',
  },
  'guard.settings_changed': {
    en: 'The profile, its key, level or limits, or the lock changed meanwhile. Nothing was sent.',
    zh: '期间配置、密钥、级别、限额或锁定状态发生了变化，没有发送任何请求。',
  },
  'guard.moved_on': {
    en: 'The trade changed while the request waited. Nothing was sent.',
    zh: '等待期间交易发生了变化，没有发送任何请求。',
  },
  'guard.contradicted': {
    en: 'Alipay confirmed it, and the ledger was made to say otherwise meanwhile. Look at Alipay’s own records.',
    zh: '支付宝已确认此操作，而账本在此期间被写成了另一种结果。请以支付宝的记录为准。',
  },
  'guard.never_arrived': {
    en: 'Alipay never received it. A person may approve it again; it keeps its number.',
    zh: '支付宝从未收到此请求。可以由人再次批准，编号不变。',
  },
  'refund.unpaid': {
    en: 'The trade is not paid yet, so there is nothing to refund.',
    zh: '交易尚未付款，无可退款。',
  },
  'refund.unpaid.next': {
    en: 'Use close_trade to close it instead.',
    zh: '请改用 close_trade 关闭交易。',
  },
  'refund.finished': {
    en: 'The trade is finished: its refund period is over and Alipay will refuse.',
    zh: '交易已完结：退款期限已过，支付宝会拒绝。',
  },
  'refund.finished.next': {
    en: 'Return the money another way, for example by a transfer to the buyer.',
    zh: '请用其他方式退款，例如向买家转账。',
  },
  'refund.closed': {
    en: 'The trade is closed: it was never paid, or everything was refunded already.',
    zh: '交易已关闭：从未付款，或已全额退款。',
  },
  'refund.too_much': {
    en: 'The refund of {amount} CNY is more than the {left} CNY that remain of {total}.',
    zh: '退款 {amount} 元超过剩余可退的 {left} 元（交易总额 {total} 元）。',
  },
  'refund.number_known': {
    en: 'The number {number} already belongs to another refund.',
    zh: '编号 {number} 已用于另一笔退款。',
  },
  'refund.number_reserved': {
    en: 'Numbers of that form are derived from the refund itself and cannot be chosen.',
    zh: '这种形式的编号由退款内容自动生成，不能自行指定。',
  },
  'refund.number_known.next': {
    en: 'Leave out out_request_no: the right number is derived from the refund itself.',
    zh: '请不要填写 out_request_no：正确的编号会由退款内容自动生成。',
  },
  'refund.too_often': {
    en: 'This very refund was made too many times already.',
    zh: '完全相同的退款已经做过太多次。',
  },
  'refund.unproven': {
    en: 'Alipay accepted the request but did not confirm that this refund moved money.',
    zh: '支付宝受理了请求，但没有确认此笔退款已发生资金变动。',
  },
  'refund.not_there': {
    en: 'Alipay does not know this refund.',
    zh: '支付宝没有此笔退款的记录。',
  },
  'cancel.after_refund': {
    en: 'Part of this trade was refunded before, and Alipay does not cancel such a trade.',
    zh: '此交易已部分退款，支付宝不支持撤销此类交易。',
  },
  'cancel.use_refund': {
    en: 'Use refund_trade with the amount that should go back.',
    zh: '请改用 refund_trade，并填写应退金额。',
  },
  'cancel.closed': {
    en: 'The trade is closed already.',
    zh: '交易已经关闭。',
  },
  'cancel.too_late': {
    en: 'A paid trade can be cancelled within 24 hours of payment only.',
    zh: '已付款的交易只能在付款后 24 小时内撤销。',
  },
  'cancel.unproven': {
    en: 'Alipay accepted the cancellation but did not confirm that it was carried out.',
    zh: '支付宝受理了撤销请求，但没有确认已执行。',
  },
  'cancel.not_there': {
    en: 'The trade stands as before: the cancellation was not carried out.',
    zh: '交易状态未变：撤销没有执行。',
  },
  'transfer.key_mode': {
    en: 'Alipay takes transfers only from apps in certificate mode, and this profile is in key mode.',
    zh: '支付宝只接受证书模式应用发起的转账，而此配置是公钥模式。',
  },
  'transfer.key_mode.next': {
    en: 'In the Alipay console switch the app’s signing to certificates (接口加签方式 → 证书), download the three certificates, and set the profile up with them.',
    zh: '请在支付宝控制台将应用的“接口加签方式”切换为证书，下载三个证书文件，并用它们重新设置此配置。',
  },
  'transfer.failed': {
    en: 'Alipay says the transfer failed.',
    zh: '支付宝表示转账失败。',
  },
  'transfer.came_back': {
    en: 'The money of this transfer came back.',
    zh: '此笔转账的资金已退回。',
  },
  'transfer.under_way': {
    en: 'Alipay has the transfer and has not finished it.',
    zh: '支付宝已收到转账，尚未处理完毕。',
  },
  'warn.production': {
    en: 'PRODUCTION: this is real money.',
    zh: '生产环境：这是真实资金。',
  },
  'warn.alipay_sandbox': {
    en: 'Alipay’s own sandbox allows one refund per trade, of the full amount only.',
    zh: '支付宝官方沙箱每笔交易只允许一次全额退款。',
  },
  'warn.denied': {
    en: 'This was denied {minutes} min ago.',
    zh: '{minutes} 分钟前曾拒绝此操作。',
  },
  'warn.denied_because': {
    en: 'This was denied {minutes} min ago: “{reason}”',
    zh: '{minutes} 分钟前曾拒绝此操作：“{reason}”',
  },
  'warn.same_amount': {
    en: 'The same amount ({amount} CNY) went to the same place {count} time(s) in the last 24 hours.',
    zh: '过去 24 小时内，相同金额（{amount} 元）已向同一对象转出 {count} 次。',
  },
  'warn.unusual': {
    en: '{amount} CNY is far above what was moved here before (at most {largest} CNY).',
    zh: '{amount} 元远高于此前的金额（最高 {largest} 元）。',
  },
  'warn.first_payee': {
    en: 'This account has never paid this payee before.',
    zh: '此账户从未向该收款方付过款。',
  },
  'warn.resembles': {
    en: 'This payee resembles {known}, who was paid before, and is another one.',
    zh: '此收款方与曾付款的 {known} 相似，但并非同一个。',
  },
  'warn.no_name': {
    en: 'No payee name was given: Alipay checks nothing.',
    zh: '未提供收款方姓名：支付宝不作核对。',
  },
  'warn.name_checked': {
    en: 'The payee’s name is the agent’s word; Alipay will check it.',
    zh: '收款方姓名由智能体提供，支付宝会核对。',
  },
  'warn.hidden_characters': {
    en: '{field} contains characters that hide or reorder text.',
    zh: '{field} 含有隐藏文字或改变文字顺序的字符。',
  },
  'warn.lookalike_characters': {
    en: '{field} contains letters that only look like Latin ones.',
    zh: '{field} 含有与拉丁字母相似的其他字符。',
  },
} as const satisfies Record<string, Bilingual>;
