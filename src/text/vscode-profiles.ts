import type { Bilingual } from './sentence.ts';
import { vscodeLevelsText } from './vscode-levels.ts';

/** The questions about profiles, in VS Code's own UI. */
export const vscodeProfilesText = {
  ...vscodeLevelsText,

  'band.local': { en: 'Local sandbox', zh: '本地沙箱' },
  'band.sandbox': { en: 'Alipay sandbox', zh: '支付宝沙箱' },
  'band.production': { en: 'PRODUCTION', zh: '生产环境' },

  'profiles.none': {
    en: 'There are no profiles beside the local sandbox, which needs no setting up. Add one with “Alipay: Add a Profile”.',
    zh: '除无需设置的本地沙箱外，还没有其他配置。请用“支付宝：添加配置”添加。',
  },
  'profiles.which': { en: 'Which profile?', zh: '选择哪个配置？' },
  'profiles.web': {
    en: 'This VS Code runs in a browser, where whoever serves the page could press its buttons. Production is refused here.',
    zh: '此 VS Code 运行在浏览器中，提供页面的一方可能代为点击按钮，因此这里拒绝使用生产环境。',
  },
  'profiles.web.next': {
    en: 'Use desktop VS Code for production, or one of the sandboxes here.',
    zh: '生产环境请使用桌面版 VS Code；在这里请使用沙箱。',
  },

  'add.title': { en: 'Add an Alipay Profile ({step}/{steps})', zh: '添加支付宝配置（{step}/{steps}）' },
  'add.gateway': { en: 'Which gateway does the app belong to?', zh: '应用属于哪个网关？' },
  'add.gateway.other': { en: 'Another gateway…', zh: '其他网关……' },
  'add.gateway.other.detail': {
    en: 'An https address, or a test gateway on this machine. It is treated as production.',
    zh: 'https 地址，或本机上的测试网关。一律按生产环境对待。',
  },
  'add.gateway.prompt': {
    en: 'The gateway’s address, such as https://host/gateway.do',
    zh: '网关地址，例如 https://host/gateway.do',
  },
  'add.app_id': { en: 'The app’s id (APPID), as the Alipay console shows it', zh: '应用的 APPID，见支付宝控制台' },
  'add.label': {
    en: 'What to call this profile: it stands in the status bar and in every approval',
    zh: '为此配置命名：名称会显示在状态栏和每次批准中',
  },
  'add.label.length': { en: 'A name has 1 to {max} characters.', zh: '名称须为 1 至 {max} 个字符。' },
  'add.label.hidden': {
    en: 'The name contains characters that cannot be seen. Type it anew.',
    zh: '名称中含有不可见字符，请重新输入。',
  },
  'add.label.taken': { en: 'There is a profile called “{label}” already.', zh: '已有名为“{label}”的配置。' },
  'add.key': {
    en: 'Where is the app private key? It goes straight into VS Code’s secret storage.',
    zh: '应用私钥在哪里？它会直接存入 VS Code 机密存储。',
  },
  'add.key.prompt': {
    en: 'Paste the app private key: PEM, or the bare base64 of the key tool',
    zh: '粘贴应用私钥：PEM，或密钥工具给出的纯 base64',
  },
  'add.from_file': { en: '$(file) Choose a file…', zh: '$(file) 选择文件……' },
  'add.from_clipboard': { en: '$(clippy) Take it from the clipboard', zh: '$(clippy) 从剪贴板读取' },
  'add.typed_secret': { en: '$(key) Paste it into a password box', zh: '$(key) 粘贴到密码框' },
  'add.typed': { en: '$(edit) Paste it into a box', zh: '$(edit) 粘贴到输入框' },
  'add.mode': { en: 'What does the app use to check Alipay’s answers?', zh: '应用用什么验证支付宝的应答？' },
  'add.mode.certificate': { en: 'Three certificates', zh: '三个证书' },
  'add.mode.certificate.detail': {
    en: 'appCertPublicKey, alipayCertPublicKey_RSA2 and alipayRootCert; transfers need them',
    zh: 'appCertPublicKey、alipayCertPublicKey_RSA2 与 alipayRootCert；转账必须使用证书',
  },
  'add.mode.key': { en: 'The Alipay public key', zh: '支付宝公钥' },
  'add.mode.key.detail': { en: 'As the console shows it; no transfers', zh: '见控制台；不能转账' },
  'add.public_key': { en: 'Where is the Alipay public key?', zh: '支付宝公钥在哪里？' },
  'add.public_key.prompt': {
    en: 'Paste the Alipay public key, not your app’s own',
    zh: '粘贴支付宝公钥，不是应用公钥',
  },
  'add.app_cert': { en: 'the app certificate (appCertPublicKey_….crt)', zh: '应用公钥证书（appCertPublicKey_….crt）' },
  'add.alipay_cert': {
    en: 'Alipay’s certificate (alipayCertPublicKey_RSA2.crt)',
    zh: '支付宝公钥证书（alipayCertPublicKey_RSA2.crt）',
  },
  'add.root_cert': { en: 'Alipay’s root certificate (alipayRootCert.crt)', zh: '支付宝根证书（alipayRootCert.crt）' },
  'add.done': {
    en: '“{label}” is there, at read-only: it can look, and change nothing. Raise it with “Alipay: Set Level and Limits”.',
    zh: '已添加“{label}”，级别为只读：只能查询，不能更改。可用“支付宝：设置级别和限额”提升。',
  },
  'add.use_now': { en: 'Use It Now', zh: '立即使用' },

  'test.running': {
    en: 'Asking {host} about a trade that cannot exist…',
    zh: '正在向 {host} 查询一笔不可能存在的交易……',
  },
  'test.works': { en: 'The gateway answered, and Alipay’s signature is right.', zh: '网关已应答，支付宝的签名正确。' },
  'test.rejected': {
    en: 'Alipay answered with a valid signature, but refused ({code}): {words}',
    zh: '支付宝的应答签名有效，但拒绝了请求（{code}）：{words}',
  },
  'test.unsigned': {
    en: 'The gateway refused without signing its answer ({code}): {words}',
    zh: '网关拒绝了请求，且应答未签名（{code}）：{words}',
  },
  'test.unknown': { en: 'The connection test failed.', zh: '连接测试失败。' },
  'test.failed.title': { en: 'The connection of “{label}” does not work', zh: '“{label}”的连接不可用' },
  'test.again': { en: '$(refresh) Test again', zh: '$(refresh) 重新测试' },
  'test.keep': { en: '$(save) Keep it as it is', zh: '$(save) 仍然保存' },
  'test.keep.detail': { en: 'At read-only, as every new profile', zh: '与所有新配置一样，级别为只读' },

  'rotate.title': { en: 'Replace Key or Certificates', zh: '更换密钥或证书' },
  'rotate.title_of': { en: 'Replace Key or Certificates of “{label}”', zh: '更换“{label}”的密钥或证书' },
  'rotate.which': { en: 'Which key will sign from now on?', zh: '今后使用哪一把密钥签名？' },
  'rotate.new_key': { en: '$(key) A new app private key', zh: '$(key) 新的应用私钥' },
  'rotate.present_key': {
    en: '$(history) The present key, with other certificates',
    zh: '$(history) 现有私钥，只更换证书',
  },
  'rotate.kept': {
    en: 'The new key did not pass the test; the present one stays in use.',
    zh: '新密钥未通过测试，现有密钥继续使用。',
  },
  'rotate.done': {
    en: '“{label}” now signs with the new key and certificates; a key no profile uses any more was deleted.',
    zh: '“{label}”已改用新的密钥与证书；不再被任何配置使用的旧密钥已删除。',
  },

  'remove.title': { en: 'Remove an Alipay Profile', zh: '删除支付宝配置' },
  'remove.sure': { en: 'Remove “{label}”?', zh: '删除“{label}”？' },
  'remove.detail': {
    en: 'Its private key and its OAuth tokens are deleted from VS Code’s secret storage (app {appId}). What it did stays in the ledger.',
    zh: '其私钥和 OAuth 令牌将从 VS Code 机密存储中删除（应用 {appId}）。账本中的记录会保留。',
  },
  'remove.action': { en: 'Remove', zh: '删除' },
  'remove.done': { en: '“{label}” and its secrets are gone.', zh: '“{label}”及其机密已删除。' },

  'switch.title': { en: 'Switch Alipay Profile', zh: '切换支付宝配置' },
  'switch.local.detail': { en: 'Runs on this machine; nobody’s money', zh: '运行在本机，不涉及任何人的资金' },
  'switch.add': { en: 'Add a profile…', zh: '添加配置……' },
} as const satisfies Record<string, Bilingual>;
