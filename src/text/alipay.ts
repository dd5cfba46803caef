import type { Bilingual } from './sentence.ts';

/** Sentences of the ground floor: amounts, times, keys, certificates, and what became of a call. */
export const alipayText = {
  'money.not_a_string': {
    en: '{field} must be a string in yuan such as "15.50", not of the type {type}: a JSON number can lose cents.',
    zh: '{field} 必须是以元为单位的字符串，例如 "15.50"，不能是 {type}：JSON 数字可能丢失分位。',
  },
  'money.blank': {
    en: '{field} must not be empty or contain blanks: write it like "15.50".',
    zh: '{field} 不能为空，也不能含有空格：请写成 "15.50" 这样。',
  },
  'money.sign': {
    en: '{field} must not carry a sign: write "15.50", not "{value}".',
    zh: '{field} 不能带正负号：请写 "15.50"，不要写 "{value}"。',
  },
  'money.currency': {
    en: '{field} must not carry a currency: write the yuan alone, "15.50", not "{value}".',
    zh: '{field} 不能带货币符号：只写金额 "15.50"，不要写 "{value}"。',
  },
  'money.comma': {
    en: '{field} must not contain commas: write "1234.50", not "{value}".',
    zh: '{field} 不能含有逗号：请写 "1234.50"，不要写 "{value}"。',
  },
  'money.full_width': {
    en: '{field} must use the digits 0-9 and a plain point: "{value}" has full-width characters.',
    zh: '{field} 必须使用半角数字和小数点："{value}" 含有全角字符。',
  },
  'money.decimals': {
    en: '{field} has more than two decimals ("{value}"): the smallest unit is 0.01 yuan.',
    zh: '{field} 的小数超过两位（"{value}"）：最小单位是 0.01 元。',
  },
  'money.zero': {
    en: '{field} must be more than 0.',
    zh: '{field} 必须大于 0。',
  },
  'money.leading_zero': {
    en: '{field} must not start with extra zeros ("{value}"): write it like "15.50".',
    zh: '{field} 不能以多余的 0 开头（"{value}"）：请写成 "15.50" 这样。',
  },
  'money.not_an_amount': {
    en: '{field} is not an amount in yuan ("{value}"): write it like "15.50".',
    zh: '{field} 不是以元为单位的金额（"{value}"）：请写成 "15.50" 这样。',
  },
  'money.below': {
    en: '{field} is {value} yuan; the least Alipay takes here is {min}.',
    zh: '{field} 为 {value} 元；支付宝此处最少接受 {min} 元。',
  },
  'money.above': {
    en: '{field} is {value} yuan; the most Alipay takes here is {max}.',
    zh: '{field} 为 {value} 元；支付宝此处最多接受 {max} 元。',
  },
  'money.bill_cell': {
    en: 'The bill has “{value}” where an amount should be.',
    zh: '账单中应为金额的位置是“{value}”。',
  },
  'time.not_a_time': {
    en: '“{value}” is not a Beijing time such as 2024-04-11 09:30:00.',
    zh: '“{value}” 不是 2024-04-11 09:30:00 这样的北京时间。',
  },
  'time.not_a_date': {
    en: '“{value}” is not a date such as 2024-04-11.',
    zh: '“{value}” 不是 2024-04-11 这样的日期。',
  },

  'key.empty': {
    en: 'There is no key in the text.',
    zh: '文本中没有密钥。',
  },
  'key.is_public': {
    en: 'This is a public key. The app private key is needed here: the longer one that your key tool saved, starting with MII and never uploaded to Alipay.',
    zh: '这是一把公钥。此处需要应用私钥：密钥工具保存的较长的那一把，以 MII 开头，从不上传到支付宝。',
  },
  'key.is_certificate': {
    en: 'This is a certificate. The app private key is needed here: the one made together with the certificate request.',
    zh: '这是一张证书。此处需要应用私钥：与证书请求（CSR）一同生成的那一把。',
  },
  'key.encrypted': {
    en: 'This key is protected by a passphrase. Decrypt it first, for example: openssl pkey -in key.pem -out plain.pem',
    zh: '此密钥受口令保护。请先解密，例如：openssl pkey -in key.pem -out plain.pem',
  },
  'key.not_rsa': {
    en: 'This is a {kind} key. Alipay needs an RSA key of at least 2048 bits.',
    zh: '这是 {kind} 密钥。支付宝需要至少 2048 位的 RSA 密钥。',
  },
  'key.too_short': {
    en: 'This RSA key has {bits} bits. Alipay (RSA2) needs at least 2048: make a new pair with the platform’s key tool.',
    zh: '此 RSA 密钥只有 {bits} 位。支付宝（RSA2）至少需要 2048 位：请用平台的密钥工具重新生成一对。',
  },
  'key.truncated': {
    en: 'This key is cut off: it announces {announced} bytes and only {present} are there. Copy the whole text again.',
    zh: '此密钥不完整：应有 {announced} 字节，实际只有 {present} 字节。请重新复制全部内容。',
  },
  'key.not_base64': {
    en: 'The key has characters that do not belong in it (“{found}”). Copy it again, as PEM or as the bare base64 of the key tool.',
    zh: '密钥中含有不该出现的字符（“{found}”）。请重新复制 PEM 文本，或密钥工具给出的纯 base64。',
  },
  'key.unreadable': {
    en: 'This text is not an RSA private key in PKCS#1 or PKCS#8 form.',
    zh: '此文本不是 PKCS#1 或 PKCS#8 格式的 RSA 私钥。',
  },
  'key.public.is_private': {
    en: 'This is a private key, and a public key is needed here. Take it back out of wherever you pasted it from, and copy the Alipay public key from the console.',
    zh: '这是一把私钥，而此处需要公钥。请从控制台复制“支付宝公钥”，并妥善收好私钥。',
  },
  'key.public.is_certificate': {
    en: 'This is a certificate, and a public key is needed here. For certificates set the profile up in certificate mode.',
    zh: '这是一张证书，而此处需要公钥。使用证书请将配置设为证书模式。',
  },
  'key.public.unreadable': {
    en: 'This text is not an RSA public key. Copy “Alipay public key” from the console, whole.',
    zh: '此文本不是 RSA 公钥。请从控制台完整复制“支付宝公钥”。',
  },
  'key.public.is_own': {
    en: 'This is the app’s own public key, not Alipay’s. Copy “Alipay public key”, which the console shows after the app public key is uploaded.',
    zh: '这是应用公钥，不是支付宝公钥。请复制控制台在上传应用公钥之后显示的“支付宝公钥”。',
  },

  'cert.none': {
    en: 'There is no certificate in the text: it should contain -----BEGIN CERTIFICATE-----.',
    zh: '文本中没有证书：应包含 -----BEGIN CERTIFICATE-----。',
  },
  'cert.unreadable': {
    en: 'The certificate cannot be read: it is damaged or cut off.',
    zh: '无法读取证书：文件损坏或不完整。',
  },
  'cert.no_rsa_root': {
    en: 'The root certificate file holds no RSA-signed certificate. Download alipayRootCert.crt from the console again.',
    zh: '根证书文件中没有 RSA 签名的证书。请从控制台重新下载 alipayRootCert.crt。',
  },
  'cert.expired': {
    en: 'The certificate {name} expired on {date} (Beijing time).',
    zh: '证书 {name} 已于 {date}（北京时间）过期。',
  },
  'cert.not_yet': {
    en: 'The certificate {name} is valid only from {date} (Beijing time).',
    zh: '证书 {name} 自 {date}（北京时间）起才有效。',
  },
  'cert.not_a_pair': {
    en: 'The app certificate does not belong to this private key. Use the certificate made from this key’s request.',
    zh: '应用证书与此私钥不成对。请使用由该私钥的证书请求签发的证书。',
  },
  'cert.not_in_chain': {
    en: 'The certificate {name} was not issued under this root certificate.',
    zh: '证书 {name} 不是由此根证书体系签发的。',
  },
  'cert.own_as_alipay': {
    en: 'The Alipay certificate holds the app’s own key. Use alipayCertPublicKey_RSA2.crt, which the console gives beside the app certificate.',
    zh: '所给的支付宝证书其实是应用自己的证书。请使用控制台提供的 alipayCertPublicKey_RSA2.crt。',
  },

  'gateway.not_a_url': {
    en: 'The gateway “{value}” is not a URL such as https://openapi.alipay.com/gateway.do.',
    zh: '网关“{value}”不是 https://openapi.alipay.com/gateway.do 这样的网址。',
  },
  'gateway.not_https': {
    en: 'The gateway must be https, except on this machine (127.0.0.1, [::1] or localhost): “{value}”.',
    zh: '网关必须使用 https，本机（127.0.0.1、[::1] 或 localhost）除外：“{value}”。',
  },
  'gateway.dot': {
    en: 'The gateway’s host must not end in a dot; write it without: “{value}”.',
    zh: '网关的主机名不能以点结尾，请去掉末尾的点：“{value}”。',
  },
  'gateway.credentials': {
    en: 'The gateway URL must not contain a user name, a password, a query or a fragment.',
    zh: '网关网址中不能含有用户名、密码、查询参数或片段。',
  },
  'profile.app_id': {
    en: 'The app id “{value}” is not one: it is the 16 digits the console shows for your application.',
    zh: '“{value}”不是应用 ID：应为控制台中该应用的 16 位数字。',
  },

  'outcome.timeout': {
    en: 'Alipay did not answer within {seconds} s.',
    zh: '支付宝在 {seconds} 秒内没有应答。',
  },
  'outcome.network': {
    en: 'The connection to the gateway failed before an answer came.',
    zh: '在收到应答之前，与网关的连接失败了。',
  },
  'outcome.aborted': {
    en: 'The call was stopped before an answer came.',
    zh: '在收到应答之前，调用被中止了。',
  },
  'outcome.http': {
    en: 'The gateway answered with HTTP status {status}, which Alipay never does.',
    zh: '网关以 HTTP 状态 {status} 应答，支付宝从不这样应答。',
  },
  'outcome.too_large': {
    en: 'The answer is larger than {limit} bytes and was not read.',
    zh: '应答超过 {limit} 字节，未予读取。',
  },
  'outcome.unreadable': {
    en: 'The answer is not one Alipay gives: it cannot be read.',
    zh: '应答不是支付宝的格式，无法解析。',
  },
  'outcome.unsigned': {
    en: 'The answer carries no signature, so it may come from anyone.',
    zh: '应答没有签名，可能来自任何人。',
  },
  'outcome.bad_signature': {
    en: 'The signature on the answer is not Alipay’s.',
    zh: '应答上的签名不是支付宝的。',
  },
  'outcome.unknown_certificate': {
    en: 'The answer is signed with the Alipay certificate {sn}, which this profile does not have. Download the current alipayCertPublicKey_RSA2.crt from the console and import it.',
    zh: '应答由序列号为 {sn} 的支付宝证书签名，而此配置中没有该证书。请从控制台下载最新的 alipayCertPublicKey_RSA2.crt 并导入。',
  },
  'outcome.system_error': {
    en: 'Alipay answered {code}: it does not say whether the request took effect.',
    zh: '支付宝应答 {code}：没有说明请求是否已生效。',
  },
  'outcome.echo': {
    en: 'The answer speaks of another number ({field} {got} instead of {sent}), so it is not the answer to this request.',
    zh: '应答对应的是另一个编号（{field} 为 {got}，而不是 {sent}），因此不是本次请求的应答。',
  },
  'outcome.rejected': {
    en: 'Alipay refused with {code}: {words}',
    zh: '支付宝拒绝了请求，代码 {code}：{words}',
  },
  'client.ended': {
    en: 'The profile, its settings or the lock changed while this call was under way. Nothing more is signed for it.',
    zh: '此调用进行期间，配置、设置或锁定状态发生了变化，不再为它签署任何请求。',
  },
  'client.ended.next': {
    en: 'Call again: the answer then says what holds now.',
    zh: '请再次调用，届时会说明当前的状态。',
  },
  'level.too_low': {
    en: 'The profile {profile} is at level {level}; this needs {needed}. Only a person can raise it, in VS Code.',
    zh: '配置 {profile} 的级别为 {level}；此操作需要 {needed}。只有人可以在 VS Code 中提高级别。',
  },
} as const satisfies Record<string, Bilingual>;
