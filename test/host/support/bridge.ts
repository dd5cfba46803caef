import { readFileSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type * as vscode from 'vscode';

interface Address {
  pid: number;
  socket: string;
  folder: string;
}

/** What the scripted model was asked, in order. */
interface ModelRequest {
  text: string;
  tools: { name: string; description: string; inputSchema?: object }[];
  results: string[];
}

/** What the helper keeps while its process lives; a test may add its own. */
interface BridgeState {
  requests: ModelRequest[];
  [own: string]: unknown;
}

type Remote<A extends unknown[], R> = (api: typeof vscode, state: BridgeState, ...args: A) => R | PromiseLike<R>;

/** Reaches into the extension host of the window that has `folder` open. */
export class Bridge {
  readonly #directory: string;
  readonly #folder: string;
  #address: Address | undefined;

  constructor(directory: string, folder: string) {
    this.#directory = directory;
    this.#folder = folder;
  }

  /** The process id of the extension host last connected to. */
  get pid(): number {
    if (!this.#address) throw new Error('not connected to an extension host yet');
    return this.#address.pid;
  }

  /** Waits for an extension host of the window other than the ones seen so far. */
  async connect(limitMs = 60_000): Promise<void> {
    const before = this.#address?.pid;
    for (const end = Date.now() + limitMs; Date.now() < end; await delay(50)) {
      const found = this.#announced().find(({ pid, folder }) => folder === this.#folder && pid !== before);
      if (found && (await isAnswering(found))) {
        this.#address = found;
        return;
      }
    }
    throw new Error(`no extension host opened a bridge for ${this.#folder} in ${limitMs} ms`);
  }

  /**
   * Runs a function inside the extension host, as `page.evaluate` does in a page: it sees nothing but its arguments, and
   * those and its result travel as JSON.
   * @throws Error with the message of what the function threw
   */
  async evaluate<A extends unknown[], R>(fn: Remote<A, R>, ...args: A): Promise<Awaited<R>> {
    if (!this.#address) await this.connect();
    const answer = await post(this.#address!.socket, { code: fn.toString(), args });
    if (answer.error) throw Object.assign(new Error(answer.error.message), { inside: answer.error.stack });
    return answer.result as Awaited<R>;
  }

  /** Runs a command as an extension would; its result as JSON. */
  async command<R = unknown>(name: string, ...args: unknown[]): Promise<R> {
    return this.evaluate(
      (api, _state, id, rest) => api.commands.executeCommand<R>(id, ...rest),
      name,
      args,
    ) as Promise<R>;
  }

  /** Calls a language model tool outside any chat and returns the texts of its result. */
  async invokeTool(name: string, input: object): Promise<string[]> {
    return this.evaluate(
      async (api, _state, tool, given) => {
        const options = { input: given, toolInvocationToken: undefined };
        const { content } = await api.lm.invokeTool(tool, options);
        return content.flatMap((part) => (part instanceof api.LanguageModelTextPart ? [part.value] : []));
      },
      name,
      input,
    );
  }

  /** The names of all language model tools. */
  async toolNames(): Promise<string[]> {
    return this.evaluate((api) => api.lm.tools.map(({ name }) => name));
  }

  /** The open tabs; `viewType` is a webview's, as the extension named it. */
  async tabs(): Promise<{ label: string; active: boolean; viewType: string | undefined }[]> {
    return this.evaluate((api) =>
      api.window.tabGroups.all.flatMap(({ tabs }) =>
        tabs.map(({ label, isActive, input }) => ({
          label,
          active: isActive,
          viewType:
            input instanceof api.TabInputWebview ? input.viewType.replace(/^mainThreadWebview-/, '') : undefined,
        })),
      ),
    );
  }

  /** Changes a user setting; undefined takes it back. */
  async setting(key: string, value: unknown): Promise<void> {
    await this.evaluate(
      (api, _state, name, wanted) =>
        api.workspace.getConfiguration().update(name, wanted ?? undefined, api.ConfigurationTarget.Global),
      key,
      value,
    );
  }

  #announced(): Address[] {
    const files = readdirSync(this.#directory).filter((name) => name.endsWith('.json'));
    return files.flatMap((name) => readAddress(join(this.#directory, name)));
  }
}

function readAddress(file: string): Address[] {
  try {
    return [JSON.parse(readFileSync(file, 'utf8')) as Address];
  } catch {
    return [];
  }
}

async function isAnswering({ socket }: Address): Promise<boolean> {
  try {
    await post(socket, { code: '() => true', args: [] });
    return true;
  } catch {
    return false;
  }
}

interface Answer {
  result?: unknown;
  error?: { message: string; stack: string };
}

async function post(socketPath: string, body: object): Promise<Answer> {
  return new Promise((done, fail) => {
    // An agent that keeps connections would hold on to a host that is closing.
    const outgoing = request({ socketPath, method: 'POST', path: '/', agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => done(JSON.parse(text) as Answer));
      incoming.on('error', fail);
    });
    outgoing.on('error', fail);
    outgoing.end(JSON.stringify(body));
  });
}
