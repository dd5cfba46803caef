const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const vm = require('node:vm');
const vscode = require('vscode');

/**
 * Listens on a socket of this process and says where in `HOST_BRIDGE_DIR/<pid>.json`: `{ pid, socket, folder }`.
 * A POST of `{ code, args }` calls the function whose source is `code` as `fn(vscode, state, ...args)`; the answer is
 * `{ result }` or `{ error: { message, stack } }`. `state` lives as long as this process.
 */
exports.openBridge = async (context, state) => {
  const folder = process.env.HOST_BRIDGE_DIR;
  if (!folder) return;
  // One path for each process: a host that closes late must not remove the next one's socket.
  const own = fs.mkdtempSync(path.join(os.tmpdir(), 'bridge-'));
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\${path.basename(own)}` : path.join(own, 's');
  const server = http.createServer((request, response) => {
    void answer(request, state).then((body) => {
      response.setHeader('connection', 'close');
      response.end(JSON.stringify(body));
    });
  });
  await new Promise((done) => server.listen(socket, done));
  const announced = path.join(folder, `${process.pid}.json`);
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  fs.writeFileSync(`${announced}.partial`, JSON.stringify({ pid: process.pid, socket, folder: workspace }));
  fs.renameSync(`${announced}.partial`, announced);
  context.subscriptions.push({
    dispose: () => {
      fs.rmSync(announced, { force: true });
      server.close();
      fs.rmSync(own, { recursive: true, force: true });
    },
  });
};

async function answer(request, state) {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { code, args } = JSON.parse(Buffer.concat(chunks).toString());
    const call = vm.runInThisContext(`(${code})`);
    return { result: await call(vscode, state, ...args) };
  } catch (error) {
    return { error: { message: String(error?.message ?? error), stack: String(error?.stack ?? '') } };
  }
}
