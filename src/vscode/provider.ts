import * as vscode from 'vscode';

/** The definition's label; VS Code finds it by this when it resolves, so it never changes. */
const LABEL = 'Alipay';

/** Where a server will listen, and what opens it. */
interface ServerAddress {
  readonly path: string;
  readonly isPipe: boolean;
  readonly token: string;
}

export interface ProviderParts {
  readonly address: ServerAddress;
  /** Changes with the extension and its tools: VS Code then lists the tools anew. */
  readonly version: string;
  /** Loads and starts the server, once; called only when VS Code is about to connect. */
  readonly start: () => Promise<void>;
}

/**
 * Tells VS Code of the MCP server in this extension host. What `provide…` returns is cached on disk, so the token is
 * given only in `resolve…`, each time in a new object.
 */
export class AlipayServerProvider implements vscode.McpServerDefinitionProvider<vscode.McpHttpServerDefinition> {
  readonly #parts: ProviderParts;

  constructor(parts: ProviderParts) {
    this.#parts = parts;
  }

  provideMcpServerDefinitions(): vscode.McpHttpServerDefinition[] {
    return [this.#definition({})];
  }

  async resolveMcpServerDefinition(): Promise<vscode.McpHttpServerDefinition> {
    await this.#parts.start();
    // Spelt like this: VS Code's trace log masks only `Authorization`.
    return this.#definition({ Authorization: `Bearer ${this.#parts.address.token}` });
  }

  #definition(headers: Record<string, string>): vscode.McpHttpServerDefinition {
    const { address, version } = this.#parts;
    const scheme = address.isPipe ? 'pipe' : 'unix';
    // `from`, not `parse`: a pipe's name is no path that `parse` takes.
    const uri = vscode.Uri.from({ scheme, path: address.path, fragment: '/mcp' });
    return new vscode.McpHttpServerDefinition(LABEL, uri, headers, version);
  }
}
