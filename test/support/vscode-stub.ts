import { registerHooks } from 'node:module';

/** Answers whatever is asked of it with itself, and ends every iteration: enough of VS Code for what a test is not about. */
const anything: unknown = new Proxy(function () {}, {
  get: (_, name) => (name === 'then' ? undefined : name === Symbol.toPrimitive ? () => '' : anything),
  set: () => true,
  apply: () => anything,
  construct: () => anything as object,
});

const NAMES =
  'commands Disposable env lm McpHttpServerDefinition ProgressLocation StatusBarAlignment TabInputWebview ThemeColor UIKind Uri ViewColumn window workspace';

/** Lets this process import `vscode`: a stub in whose place a test puts what it is about. */
export function stubVscode(parts: Readonly<Record<string, unknown>>): void {
  const stub = Object.fromEntries(NAMES.split(' ').map((name) => [name, parts[name] ?? anything]));
  Object.assign(globalThis, { vscodeStub: stub });
  const source = NAMES.split(' ').map((name) => `export const ${name} = globalThis.vscodeStub.${name};`);
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url: 'stub:vscode', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === 'stub:vscode' ? { format: 'module', source: source.join('\n'), shortCircuit: true } : next(url, context),
  });
}

/** VS Code's `window`, whose output channel takes what is logged as an error. */
export function stubWindow(errors: unknown[]): unknown {
  const channel = { error: (...words: unknown[]) => errors.push(words) };
  const withRest = (own: object): unknown =>
    new Proxy(own, { get: (_, name) => (Reflect.get(own, name) as unknown) ?? anything });
  return withRest({ createOutputChannel: () => withRest(channel) });
}
