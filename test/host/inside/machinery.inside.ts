import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('inside an extension host', () => {
  it('asks the installed extension for its MCP server, whose tool then works', async () => {
    await vscode.extensions.getExtension('tests.host-fixture')?.activate();
    const name = 'mcp_fixture_echo_back';
    await toolListed(name);
    const { content } = await vscode.lm.invokeTool(name, { input: { text: 'x' }, toolInvocationToken: undefined });
    assert.deepEqual(content, [new vscode.LanguageModelTextPart('{"status":"ok","said":"x"}')]);
  });

  it('says which language it speaks', () => {
    assert.equal(vscode.env.language, 'en');
  });
});

/** The server is started through its own command; a chat request would start it by itself. */
async function toolListed(name: string): Promise<void> {
  while (!vscode.lm.tools.some((tool) => tool.name === name)) {
    const options = { autoTrustChanges: true, waitForLiveTools: true };
    await vscode.commands.executeCommand('workbench.mcp.startServer', '*', options);
  }
}
