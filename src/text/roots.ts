import { ledgerCommandText } from './ledger-command.ts';
import { mcpText } from './mcp.ts';
import { optionsText } from './options.ts';
import type { Bilingual } from './sentence.ts';
import { startText } from './start.ts';
import { tourText } from './tour.ts';

/** What the programs say at their own doors: the MCP server's options, attaching to a sandbox. */
export const rootsText = {
  ...ledgerCommandText,
  ...mcpText,
  ...optionsText,
  ...startText,
  ...tourText,
  'mcp.usage': {
    en: 'Usage: npm run mcp -- --sandbox [--data DIR] [--http PORT] | --sandbox --admin URL --admin-token-file F | --gateway URL --app-id ID --private-key-file F (--alipay-public-key-file F | --app-cert-file F --alipay-cert-file F --root-cert-file F) | --ledger verify|show|accept|set-aside [--data DIR]; also --locale en|zh',
    zh: '用法：npm run mcp -- --sandbox [--data DIR] [--http PORT] | --sandbox --admin URL --admin-token-file F | --gateway URL --app-id ID --private-key-file F（--alipay-public-key-file F | --app-cert-file F --alipay-cert-file F --root-cert-file F） | --ledger verify|show|accept|set-aside [--data DIR]；另可加 --locale en|zh',
  },
  'mcp.option.twice': {
    en: '{option} is given twice.',
    zh: '{option} 重复给出。',
  },
  'mcp.option.needs': {
    en: '{option} goes together with {missing}, which is missing.',
    zh: '{option} 必须与 {missing} 一起使用，但缺少后者。',
  },
  'mcp.option.not_with': {
    en: '{option} and {other} do not go together.',
    zh: '{option} 不能与 {other} 同时使用。',
  },
  'mcp.option.locale': {
    en: '--locale is en or zh, not “{value}”.',
    zh: '--locale 只能是 en 或 zh，不能是“{value}”。',
  },
  'mcp.option.port': {
    en: '--http needs a port from 0 to 65535, not “{value}”.',
    zh: '--http 需要 0 到 65535 之间的端口号，不能是“{value}”。',
  },
  'mcp.option.which': {
    en: 'Say which Alipay to talk to: --sandbox for a local one, or --gateway URL with an app of yours.',
    zh: '请指明要连接的支付宝：--sandbox 为本地沙箱，或用 --gateway URL 加上您的应用。',
  },
  'mcp.option.which_key': {
    en: 'Give Alipay’s half too: --alipay-public-key-file (key mode), or --app-cert-file, --alipay-cert-file and --root-cert-file (certificate mode).',
    zh: '还需要支付宝一方的文件：--alipay-public-key-file（公钥模式），或 --app-cert-file、--alipay-cert-file 与 --root-cert-file（证书模式）。',
  },
  'mcp.file.about': {
    en: '{option}: {words}',
    zh: '{option}：{words}',
  },
  'mcp.data.unusable': {
    en: 'The folder {path} cannot be used for the ledger ({code}).',
    zh: '无法使用文件夹 {path} 保存账本（{code}）。',
  },
  'mcp.http.port_taken': {
    en: 'Port {port} on 127.0.0.1 cannot be opened ({code}).',
    zh: '无法打开 127.0.0.1 的端口 {port}（{code}）。',
  },
  'mcp.ready.http': {
    en: 'MCP server at {url} (this machine only), sandbox gateway {gateway}. Ctrl+C ends it.',
    zh: 'MCP 服务地址 {url}（仅限本机），沙箱网关 {gateway}。按 Ctrl+C 结束。',
  },
  'mcp.ready.stdio': {
    en: 'MCP server on stdio, gateway {gateway}.',
    zh: 'MCP 服务已在标准输入输出上就绪，网关 {gateway}。',
  },
  'mcp.crashed': {
    en: 'The MCP server stopped because of an error of its own: {words}',
    zh: 'MCP 服务因自身错误而停止：{words}',
  },

  'attach.not_a_url': {
    en: '--admin is not a URL such as http://127.0.0.1:8088/admin: “{value}”.',
    zh: '--admin 不是 http://127.0.0.1:8088/admin 这样的网址：“{value}”。',
  },
  'attach.not_loopback': {
    en: '--admin must be on this machine (127.0.0.1, [::1] or localhost), not {host}: only a sandbox of ours is attached to.',
    zh: '--admin 必须在本机（127.0.0.1、[::1] 或 localhost），不能是 {host}：只能连接自己的沙箱。',
  },
  'attach.no_token_in_file': {
    en: '--admin-token-file: there is nothing in {path}.',
    zh: '--admin-token-file：{path} 是空文件。',
  },
  'attach.unreachable': {
    en: 'There is no sandbox at {admin}: it did not answer.',
    zh: '{admin} 处没有沙箱：没有应答。',
  },
  'attach.unproved': {
    en: 'What answers at {admin} did not prove that it is the sandbox of this token. It was told nothing more.',
    zh: '{admin} 处的应答者未能证明自己是此令牌对应的沙箱，因此没有向其透露任何内容。',
  },
  'attach.other_origin': {
    en: 'The sandbox at {admin} names a gateway elsewhere ({gateway}); it is not used.',
    zh: '{admin} 处的沙箱给出了别处的网关（{gateway}），不予使用。',
  },
  'attach.bad_answer': {
    en: 'The sandbox at {admin} proved itself, but its answer to GET /credentials cannot be used.',
    zh: '{admin} 处的沙箱已证明自己，但其 GET /credentials 的应答无法使用。',
  },
} as const satisfies Record<string, Bilingual>;
