import type { Bilingual } from './sentence.ts';

/** What `npm run sandbox` and the sandbox's admin door say. */
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
  'sandbox.admin.no_field': {
    en: 'There is no field “{field}” here; the fields are: {known}.',
    zh: '此处没有字段“{field}”；可用的字段有：{known}。',
  },
  'sandbox.admin.no_method': {
    en: 'The gateway has no method {method}; it has: {known}.',
    zh: '网关没有方法 {method}；可用的有：{known}。',
  },
  'sandbox.admin.no_order': { en: 'There is no order {number} in this sandbox.', zh: '沙箱中没有订单 {number}。' },
  'sandbox.admin.not_payable': {
    en: 'Order {number} can no longer be paid: it is {status}.',
    zh: '订单 {number} 已不能支付：状态为 {status}。',
  },
  'sandbox.admin.no_user': { en: 'There is no user {user} in this sandbox.', zh: '沙箱中没有用户 {user}。' },
  'sandbox.admin.app_taken': { en: 'There is an app {app} already.', zh: '应用 {app} 已存在。' },
  'sandbox.admin.merchant_is_user': {
    en: '{merchant} is a person of this sandbox, not a merchant.',
    zh: '{merchant} 是沙箱中的个人用户，不是商户。',
  },
  'sandbox.admin.no_issuer': {
    en: 'The keys of this sandbox are of an older version and cannot certify another app. Start one with new keys.',
    zh: '此沙箱的密钥来自旧版本，无法为其他应用签发证书。请用新密钥启动一个沙箱。',
  },
  'sandbox.admin.public_key': { en: '“public_key”: {words}', zh: '“public_key”有误：{words}' },
  'sandbox.admin.no_notification': {
    en: 'There is no notification {id} in this sandbox.',
    zh: '沙箱中没有通知 {id}。',
  },
  'sandbox.admin.not_loopback': {
    en: 'The notification goes to {url}, which is not on this machine: the sandbox never sends there.',
    zh: '通知地址 {url} 不在本机，沙箱不会向外发送。',
  },
  'sandbox.admin.no_fault': {
    en: 'No fault {id} is armed: it was used up or cleared. GET /faults lists what is.',
    zh: '故障 {id} 未设置：已用完或已清除。GET /faults 可列出现有故障。',
  },
  'sandbox.admin.no_snapshot': {
    en: 'There is no snapshot {name} in this sandbox. There are: {known}.',
    zh: '沙箱中没有快照 {name}。现有：{known}。',
  },
  'sandbox.ready': {
    en: `A local Alipay is running, on this machine only.

  Gateway         {gateway}
  App, key mode   {keyAppId}
  App, certs      {certAppId}
  Keys, database  {folder}
  Consent page    {authorizeUrl}?app_id={keyAppId}&scope=auth_user&redirect_uri=…
  Dashboard       {dashboard}
  Admin           {admin}
                  Authorization: Bearer {adminToken}

Try: query order 2024040112345 (299.00, paid), download the bill of 2024-04-11, or see everything:
  curl -H "Authorization: Bearer {adminToken}" {admin}/state

Ctrl+C ends it.
`,
    zh: `本地支付宝已启动，仅限本机访问。

  网关            {gateway}
  应用（公钥）    {keyAppId}
  应用（证书）    {certAppId}
  密钥与数据库    {folder}
  授权页          {authorizeUrl}?app_id={keyAppId}&scope=auth_user&redirect_uri=…
  面板            {dashboard}
  管理入口        {admin}
                  Authorization: Bearer {adminToken}

可以试试：查询订单 2024040112345（299.00，已支付），下载 2024-04-11 的账单，或查看全部数据：
  curl -H "Authorization: Bearer {adminToken}" {admin}/state

按 Ctrl+C 结束。
`,
  },
  'sandbox.usage': {
    en: 'Usage: npm run sandbox -- [--port N] [--data DIR] [--seed demo|empty|N] [--apps N] [--strict] [--switch NAME=VALUE]… [--json]',
    zh: '用法：npm run sandbox -- [--port N] [--data DIR] [--seed demo|empty|N] [--apps N] [--strict] [--switch NAME=VALUE]… [--json]',
  },
  'sandbox.option.port': {
    en: '--port needs a number from 0 (pick a free one) to 65535, not “{value}”.',
    zh: '--port 需要 0（自动选择）到 65535 之间的数字，不能是“{value}”。',
  },
  'sandbox.option.data': { en: '--data needs the path of a folder.', zh: '--data 需要一个文件夹路径。' },
  'sandbox.option.seed': {
    en: '--seed is demo, empty or a whole number, not “{value}”.',
    zh: '--seed 只能是 demo、empty 或整数，不能是“{value}”。',
  },
  'sandbox.option.apps': {
    en: '--apps is how many apps there shall be beside the two: 0 to {most}, not “{value}”.',
    zh: '--apps 是除两个默认应用外的应用数量：0 到 {most}，不能是“{value}”。',
  },
  'sandbox.no_switch': {
    en: 'There is no switch “{name}”. There are: {known}.',
    zh: '没有开关“{name}”。可用的有：{known}。',
  },
  'sandbox.option.switch': {
    en: 'The switch {name} is one of {values}, not “{value}”.',
    zh: '开关 {name} 只能是 {values} 之一，不能是“{value}”。',
  },
  'sandbox.seed_kept': {
    en: 'There is a sandbox in {path} already, and it goes on as it was. --seed counts when POST /reset at the admin door starts it again.',
    zh: '{path} 中已有沙箱，将按原有数据继续。--seed 在通过管理入口 POST /reset 重新开始时生效。',
  },
  'sandbox.data_unusable': {
    en: 'The folder {path} cannot be used for the sandbox ({code}).',
    zh: '无法使用文件夹 {path} 保存沙箱数据（{code}）。',
  },
  'sandbox.data_locked': {
    en: 'Another sandbox (process {pid}) is running in {path}. End it first, or name another folder.',
    zh: '{path} 正由另一个沙箱（进程 {pid}）使用。请先结束它，或换一个文件夹。',
  },
  'sandbox.keys_unreadable': {
    en: 'The keys in {path} cannot be read. Remove that folder to have new ones made.',
    zh: '无法读取 {path} 中的密钥。删除该文件夹即可重新生成。',
  },
  'sandbox.port_taken': {
    en: 'Port {port} on 127.0.0.1 is taken. Choose another, or --port 0 for any free one.',
    zh: '127.0.0.1 的端口 {port} 已被占用。请换一个端口，或用 --port 0 自动选择。',
  },
  'sandbox.port_forbidden': {
    en: 'Port {port} on 127.0.0.1 may not be opened by this user.',
    zh: '当前用户无权打开 127.0.0.1 的端口 {port}。',
  },
  'sandbox.failed': {
    en: 'The sandbox could not go on: {words}',
    zh: '沙箱无法继续运行：{words}',
  },
} as const satisfies Record<string, Bilingual>;
