import { resultText } from '../../mcp/result-text.ts';
import { render, t, type Locale } from '../../text/index.ts';
import { catalog } from '../../tools/catalog.ts';
import type { Tool } from '../../tools/define.ts';
import type { Approver, Caller } from '../../tools/ports.ts';
import type { ToolResult } from '../../tools/result.ts';
import type { Ui } from '../ui/ui.ts';
import { formOf, type FormField } from './form.ts';

export interface ToolDesk {
  readonly ui: Ui;
  /** The one way in to the tools: a guarded one asks through the guard, as for any other caller. */
  readonly run: (name: string, input: unknown, caller: Caller) => Promise<ToolResult>;
  readonly approver: Approver;
}

const RUN = 'run';

/** *Run a Tool…*: a tool, its fields one by one, and the result as a text to read. */
export async function runTool(desk: ToolDesk): Promise<void> {
  const { ui } = desk;
  const { locale } = ui;
  const tool = await ui.pick({
    title: t(locale, 'run_tool.title'),
    placeholder: t(locale, 'run_tool.which'),
    choices: catalog.map((one) => ({
      label: one.name,
      description: kindName(locale, one),
      detail: render(locale, { key: one.title, args: {} }),
      value: one,
    })),
  });
  if (!tool) return;
  const input = await fillIn(ui, tool);
  if (!input) return;
  const result = await ui.busy(
    t(locale, 'run_tool.running', { tool: tool.name }),
    (signal, tell) =>
      desk.run(tool.name, input, {
        clientId: 'run-a-tool',
        name: t(locale, 'run_tool.caller'),
        signal,
        progress: (message) => tell(render(locale, message)),
        approver: desk.approver,
      }),
    tool.kind === 'money-out', // a notification would lie over the approval's buttons
  );
  await ui.show(tool.name, resultText(locale, result));
}

/** Asks for what is required, then offers the rest until the person runs it. */
async function fillIn(ui: Ui, tool: Tool): Promise<Record<string, unknown> | undefined> {
  const fields = formOf(tool, ui.locale);
  const filled = new Map<string, string>();
  for (const field of fields.filter(({ isRequired }) => isRequired)) {
    const text = await askField(ui, tool, field, undefined);
    if (text === undefined) return undefined;
    filled.set(field.name, text);
  }
  for (;;) {
    const picked = await ui.pick<FormField | typeof RUN>({
      title: tool.name,
      placeholder: t(ui.locale, 'run_tool.form'),
      choices: [
        { label: `$(play) ${t(ui.locale, 'run_tool.run', { tool: tool.name })}`, value: RUN },
        ...fields.map((field) => ({
          label: field.name,
          description: shown(field, filled.get(field.name)),
          detail: field.description,
          value: field,
        })),
      ],
    });
    if (picked === undefined) return undefined;
    if (picked === RUN) return inputOf(fields, filled);
    const text = await askField(ui, tool, picked, filled.get(picked.name));
    if (text === '') filled.delete(picked.name);
    else if (text !== undefined) filled.set(picked.name, text);
  }
}

function inputOf(fields: readonly FormField[], filled: ReadonlyMap<string, string>): Record<string, unknown> {
  const given = fields.flatMap(({ name, read }) => {
    const text = filled.get(name);
    return text === undefined ? [] : [[name, read(text)] as const];
  });
  return Object.fromEntries(given);
}

function askField(ui: Ui, tool: Tool, field: FormField, before: string | undefined): Promise<string | undefined> {
  const { name, words, isRequired, description, example, isSecret } = field;
  const title = `${tool.name}: ${name}`;
  if (words.length > 0) {
    const leaveOut = isRequired ? [] : [{ label: `$(close) ${t(ui.locale, 'run_tool.leave_out')}`, value: '' }];
    const choices = [...words.map((word) => ({ label: word, value: word })), ...leaveOut];
    return ui.pick({ title, placeholder: description, choices });
  }
  return ui.input({
    title,
    prompt: isRequired ? description : t(ui.locale, 'run_tool.field', { description }),
    placeholder: example,
    secret: isSecret,
    ...(before === undefined || isSecret ? {} : { value: before }),
    check: (text) => (text === '' && !isRequired ? undefined : field.check(text)),
  });
}

function shown({ isSecret }: FormField, text = ''): string {
  return isSecret && text !== '' ? '•••' : text;
}

function kindName(locale: Locale, { kind }: Tool): string {
  switch (kind) {
    case 'read':
      return t(locale, 'run_tool.kind.read');
    case 'write':
      return t(locale, 'run_tool.kind.write');
    case 'money-out':
      return t(locale, 'run_tool.kind.money');
  }
}
