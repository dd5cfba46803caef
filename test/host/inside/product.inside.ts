import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import packageJson from '../../../package.json' with { type: 'json' };

const PRODUCT = `${packageJson.publisher}.${packageJson.name}`;

describe('the product, seen from inside an extension host', () => {
  const ours = (): string[] => vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('mcp_alipay_'));

  async function call(tool: string, input: object): Promise<Record<string, unknown>> {
    const { content } = await vscode.lm.invokeTool(`mcp_alipay_${tool}`, { input, toolInvocationToken: undefined });
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    return JSON.parse(part.value) as Record<string, unknown>;
  }

  before(async function () {
    this.timeout(60_000);
    await vscode.extensions.getExtension(PRODUCT)?.activate();
    // A chat request would start the server by itself; here its command does, once the provider was asked.
    const options = { autoTrustChanges: true, waitForLiveTools: true };
    while (ours().length === 0) await vscode.commands.executeCommand('workbench.mcp.startServer', '*', options);
  });

  it('lists exactly ten tools', () => {
    assert.equal(ours().length, 10);
  });

  it('answers over the local sandbox with nothing set up', async () => {
    const trade = await call('query_trade', { out_trade_no: '2024040112345' });
    assert.equal(trade['status'], 'succeeded');
    assert.equal(trade['total_amount'], '299.00');
    const bill = await call('query_bill_download_url', { bill_date: '2024-04-11' });
    assert.deepEqual(bill['trades'], { count: 142, gross: '48720.50' });
    assert.deepEqual(bill['refunds'], { count: 7, amount: '1230.00' });
    assert.equal(bill['net'], '47490.50');
  });

  it('says what is wrong with an input, and asks nobody', async () => {
    const wrong = await call('refund_trade', { out_trade_no: '2024040112345', refund_amount: 15.5 });
    assert.equal(wrong['status'], 'invalid_input');
    assert.match(String(wrong['message']), /string in yuan/);
  });

  it('G5: has no command that approves, and every contributed one is there', async () => {
    const commands = (await vscode.commands.getCommands(true)).filter((name) => /^alipay\.[a-z]+$/i.test(name));
    const contributed = packageJson.contributes.commands.map(({ command }) => command);
    assert.deepEqual(commands.toSorted(), contributed.toSorted());
  });

  it('G5: keeps nothing that decides about money in settings', () => {
    assert.equal('configuration' in packageJson.contributes, false);
  });

  it('is activated by its contribution alone', () => {
    assert.deepEqual(packageJson.activationEvents, []);
  });
});
