const vscode = require('vscode');

const MODEL = {
  id: 'fake-1',
  name: 'Fake One',
  family: 'fake',
  version: '1',
  maxInputTokens: 200_000,
  maxOutputTokens: 8000,
  capabilities: { toolCalling: true },
};

/**
 * A language model that does what the prompt says: each `USETOOL <end of a tool's name> {json}` in the person's last words
 * is one tool call, in order; then it answers `done` and repeats the last result. Without any it answers `hello`.
 * Returns the list of what it was asked, which grows: `{ text, tools: [{ name, description, inputSchema }] }`.
 */
exports.registerScriptedModel = (context) => {
  const requests = [];
  const provider = {
    provideLanguageModelChatInformation: async () => [MODEL],
    provideLanguageModelChatResponse: async (_model, messages, options, progress) => {
      const { words, results } = lastTurn(messages);
      requests.push({ text: words, tools: options.tools ?? [], results });
      progress.report(nextPart(directives(words), results, options.tools ?? []));
    },
    provideTokenCount: async (_model, text) => Math.ceil(String(text.value ?? text).length / 4),
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('fakelm', provider));
  return requests;
};

function nextPart(calls, results, tools) {
  const call = calls[results.length];
  if (!call) {
    return new vscode.LanguageModelTextPart(results.length > 0 ? `done ${results.at(-1)}` : 'hello');
  }
  const tool = tools.find(({ name }) => name.endsWith(call.name));
  if (!tool) return new vscode.LanguageModelTextPart(`no tool ends with ${call.name}`);
  return new vscode.LanguageModelToolCallPart(`call-${results.length}-${Date.now()}`, tool.name, call.input);
}

/** The person's last words, and the texts of the tool results that came after them. */
function lastTurn(messages) {
  const said = messages.map(({ content }) => content.map(textOf).join('\n'));
  const asked = said.findLastIndex((text) => text.includes('<userRequest>'));
  const at = asked >= 0 ? asked : said.findLastIndex((text) => text !== '');
  const after = messages.slice(at + 1).flatMap(({ content }) => content);
  const results = after
    .filter((part) => part instanceof vscode.LanguageModelToolResultPart)
    .map(({ content }) => content.map(textOf).join('\n'));
  return { words: said[at] ?? '', results };
}

function textOf(part) {
  return part instanceof vscode.LanguageModelTextPart ? part.value : '';
}

function directives(text) {
  const starts = [...text.matchAll(/USETOOL (\S+) (?=\{)/g)];
  return starts.map((match) => ({ name: match[1], input: firstObject(text.slice(match.index + match[0].length)) }));
}

/** The JSON object that a text begins with: the shortest beginning up to a brace that parses. */
function firstObject(text) {
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    try {
      return JSON.parse(text.slice(0, end + 1));
    } catch {
      continue;
    }
  }
  throw new Error(`USETOOL without a JSON object: ${text.slice(0, 200)}`);
}
