import type { Bilingual } from './sentence.ts';

/** What `npm start` says in the terminal, and the page it opens VS Code with. */
export const startText = {
  'start.building': { en: 'Building and packing the extension …', zh: '正在构建并打包扩展……' },
  'start.starting': { en: 'Starting the local sandbox and VS Code …', zh: '正在启动本地沙箱和 VS Code……' },
  'start.no_desktop': {
    en: 'Desktop VS Code is not used ({why}); VS Code runs in your browser instead.',
    zh: '未使用桌面版 VS Code（{why}），改为在浏览器中运行 VS Code。',
  },
  'start.desktop.none': { en: 'there is no “code” on the PATH', zh: 'PATH 中没有 “code” 命令' },
  'start.desktop.remote': {
    en: 'the “code” of this terminal opens files in a remote window',
    zh: '此终端中的 “code” 用于远程窗口',
  },
  'start.desktop.no_display': { en: 'there is no display', zh: '没有图形界面' },
  'start.desktop.root': { en: 'it does not run as root', zh: '它不能以 root 身份运行' },
  'start.desktop.old': {
    en: '“code” is {found}, and {needed} or later is needed',
    zh: '“code” 的版本是 {found}，需要 {needed} 或更高版本',
  },
  'start.desktop.failed': { en: '“code” failed: {words}', zh: '“code” 运行失败：{words}' },
  'start.browser_ready': {
    en: `VS Code with the ten Alipay tools is ready. Open this address in a browser on this machine; whoever has it can
use your account on this machine, so keep it to yourself:

  {url}
`,
    zh: `带有十个支付宝工具的 VS Code 已就绪。请在本机浏览器中打开以下地址；拿到该地址的人可以使用您在本机的账户，请勿外传：

  {url}
`,
  },
  'start.desktop_ready': {
    en: `VS Code with the ten Alipay tools opens in a window of its own, with settings of its own.
`,
    zh: `带有十个支付宝工具的 VS Code 会在独立窗口中打开，并使用独立的设置。
`,
  },
  'start.try': {
    en: `Three things to try there. No account is needed: press F1, choose “Alipay: Run a Tool…” and do it by hand.
With Copilot’s agent mode, say it:

  1. {refund}
     By hand: refund_trade. You are shown what will be signed, and nothing moves before you approve.
  2. {create}
     By hand: create_trade. The answer has a link on which you can pay as the buyer.
  3. {bill}
     By hand: query_bill_download_url.
`,
    zh: `接下来可以尝试三件事。无需任何账户：按 F1，选择 “Alipay: Run a Tool…”，即可手动完成。
若使用 Copilot 智能体模式，直接说：

  1. {refund}
     手动：refund_trade。您会看到即将签名的内容，批准之前资金不会变动。
  2. {create}
     手动：create_trade。结果中有付款链接，您可以扮演买家付款。
  3. {bill}
     手动：query_bill_download_url。
`,
  },
  'start.sandbox': {
    en: `VS Code brings its own local Alipay, with demo data. Another one runs for your own code and the SDKs:

  Gateway         {gateway}
  App, key mode   {appId}
  Keys            {keys}
  Admin           {admin}
                  Authorization: Bearer {adminToken}
`,
    zh: `VS Code 自带带演示数据的本地支付宝。另有一个供您自己的代码和 SDK 使用：

  网关            {gateway}
  应用（公钥）    {appId}
  密钥            {keys}
  管理入口        {admin}
                  Authorization: Bearer {adminToken}
`,
  },
  'start.end': {
    en: 'All of it is on this machine only, no money is real, and what is kept lies in {folder}.\nCtrl+C ends it.',
    zh: '一切都只在本机运行，不涉及真实资金；保留的数据位于 {folder}。\n按 Ctrl+C 结束。',
  },
  'start.end_desktop': {
    en: 'All of it is on this machine only, no money is real, and what is kept lies in {folder}.\nCtrl+C ends the sandbox for your code; the window of VS Code is yours to close.',
    zh: '一切都只在本机运行，不涉及真实资金；保留的数据位于 {folder}。\n按 Ctrl+C 结束供代码使用的沙箱；VS Code 窗口请自行关闭。',
  },
  'start.no_token': {
    en: '403: this VS Code opens only at the address, with its token, that “npm start” printed.',
    zh: '403：请使用 “npm start” 打印的、带有令牌的地址打开此 VS Code。',
  },
  'start.ending': { en: 'Ending …', zh: '正在结束……' },
  'start.usage': {
    en: 'Usage: npm start [-- [--port N] [--data DIR] [--browser] | -- --tour]',
    zh: '用法：npm start [-- [--port N] [--data DIR] [--browser] | -- --tour]',
  },
  'start.option.port': {
    en: '--port needs a number from 0 (pick a free one) to 65535, not “{value}”.',
    zh: '--port 需要 0（自动选择）到 65535 之间的数字，不能是“{value}”。',
  },
  'start.port_taken': {
    en: 'Port {port} on 127.0.0.1 is taken. Choose another, or --port 0 for any free one.',
    zh: '127.0.0.1 的端口 {port} 已被占用。请换一个端口，或用 --port 0 自动选择。',
  },
  'start.port_moved': {
    en: 'Port {port}, used last time, is taken; another one is used now. A browser keeps secrets by address: profiles added at the old one need their keys again.',
    zh: '上次使用的端口 {port} 已被占用，现改用其他端口。浏览器按地址保存机密信息：在旧地址添加的配置需要重新提供密钥。',
  },
  'start.already': {
    en: '“npm start” runs already over the folder {folder}. End that one, or name another folder with --data DIR.',
    zh: '已有一个 “npm start” 正在使用文件夹 {folder}。请先结束它，或用 --data DIR 指定其他文件夹。',
  },
  'start.folder_unusable': {
    en: 'The folder {folder} cannot be used: {words}',
    zh: '无法使用文件夹 {folder}：{words}',
  },
  'start.build_failed': {
    en: 'The extension could not be built and packed:\n{words}',
    zh: '扩展构建或打包失败：\n{words}',
  },
  'start.no_vscode': {
    en: '{words}\nVS Code comes from the npm registry, once: “npm ping” says whether it can be reached. “npm start -- --tour” shows the tools without it.',
    zh: '{words}\nVS Code 需从 npm 仓库获取一次：“npm ping” 可检查是否能连接。“npm start -- --tour” 无需 VS Code 即可展示工具。',
  },
  'start.part_failed': { en: '{part} did not start: {words}', zh: '{part} 未能启动：{words}' },
  'start.part_ended': {
    en: '{part} ended by itself; its last words are in {log}.',
    zh: '{part} 自行结束；其最后的输出在 {log} 中。',
  },
  'start.part.sandbox': { en: 'The sandbox', zh: '沙箱' },
  'start.part.server': { en: 'The VS Code server', zh: 'VS Code 服务器' },
  'start.welcome': {
    en: `# Alipay in VS Code

Ten Alipay tools for agents – and nothing moves money before **you** have read and approved it.
Everything here is local: the Alipay behind the tools is a sandbox on this machine, with demo data. No account, no real money.

## Start here: two minutes, no account

1. Press **F1**, type **run a tool** and press Enter: *Alipay: Run a Tool…*
2. Choose **query_trade**, then **out_trade_no**, and enter \`2024040112345\`. Choose **Run query_trade**: you see a paid order
   of 299.00 CNY.
3. Press **F1** and Enter once more, now for **refund_trade**: amount \`15.50\`, any reason, **out_trade_no** \`2024040112345\`,
   then **Run refund_trade**. A page shows exactly what will be signed. **Deny**, and nothing has happened. **Approve**, and the money goes back, once.

## Three things to say in agent mode

With GitHub Copilot: in the chat on the right (Ctrl+Alt+I; on a Mac ⌃⌘I), sign in, choose *Agent*, and paste one of these:

\`\`\`text
{refund}
\`\`\`

\`\`\`text
{create}
\`\`\`

\`\`\`text
{bill}
\`\`\`

Without Copilot the same is done by *Alipay: Run a Tool…* with **refund_trade**, **create_trade** and **query_bill_download_url**
(for \`2024-04-11\`).

## Where things are

- The **status bar**, at the bottom, says which profile is in use: *Local sandbox*.
- **F1**, then **Alipay**, lists everything else: add a profile of your own, set what it may do, show the log.
`,
    zh: `# VS Code 中的支付宝

供智能体使用的十个支付宝工具——资金变动之前，必须由**您**阅读并批准。
这里的一切都在本机：工具背后的支付宝是带演示数据的本地沙箱。无需账户，不涉及真实资金。

## 从这里开始：两分钟，无需账户

1. 按 **F1**，输入 **run a tool** 并按回车：*Alipay: Run a Tool…*（支付宝：运行工具）
2. 选择 **query_trade**，再选择 **out_trade_no** 并输入 \`2024040112345\`，然后选择 **Run query_trade**：一笔已支付的 299.00 元订单。
3. 再按 **F1** 和回车，这次选择 **refund_trade**：金额 \`15.50\`，任意原因，**out_trade_no** 为 \`2024040112345\`，
   再选择 **Run refund_trade**。页面会显示即将签名的确切内容。**拒绝**，则什么也不会发生；**批准**，则款项退回，且仅退一次。

## 在智能体模式下可以说的三句话

使用 GitHub Copilot：在右侧的聊天中（Ctrl+Alt+I；Mac 为 ⌃⌘I）登录，选择 *Agent*，粘贴以下任意一句：

\`\`\`text
{refund}
\`\`\`

\`\`\`text
{create}
\`\`\`

\`\`\`text
{bill}
\`\`\`

没有 Copilot 时，用 *Alipay: Run a Tool…* 也能完成同样的事：**refund_trade**、**create_trade** 和 **query_bill_download_url**
（日期 \`2024-04-11\`）。

## 各项内容的位置

- 底部的**状态栏**显示正在使用的配置：*本地沙箱*。
- 按 **F1** 后输入 **Alipay**，可看到其余命令：添加自己的配置、设置其权限、查看日志。
`,
  },
} as const satisfies Record<string, Bilingual>;
