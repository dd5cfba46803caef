import type { AlipayClient } from '../alipay/client.ts';
import type { Clock } from '../alipay/clock.ts';
import { InputError, ProductError } from '../alipay/errors.ts';
import { levelAllows } from '../alipay/methods.ts';
import type { Caller } from '../guard/caller.ts';
import type { Guard } from '../guard/index.ts';
import { say, t, type Locale } from '../text/index.ts';
import { showHidden } from '../text/visible.ts';
import { catalog, findTool } from './catalog.ts';
import type { BillReader, KnownTransfers, TokenStore } from './context.ts';
import type { GuardedTool, OpenTool, Tool } from './define.ts';
import { invalidInput, parseInput } from './parse.ts';
import { refused, type ToolResult } from './result.ts';
import { resultOf } from './settled-result.ts';

/** What a root hands in: one profile's client and guard, and the stores tools may use. */
export interface RunnerParts {
  readonly client: AlipayClient;
  readonly guard: Pick<Guard, 'execute'>;
  readonly clock: Clock;
  readonly locale: Locale;
  readonly tokens: TokenStore;
  readonly bills: BillReader;
  readonly transfers: KnownTransfers;
  /** Told of a fault of our own, for a log. It may quote what a tool was given: nothing of it reaches a result. */
  readonly onFault?: (tool: string, fault: unknown) => void;
}

export interface Runner {
  /** Runs one tool call to its end. It never throws: whatever happens is a result. */
  run(name: string, input: unknown, caller: Caller): Promise<ToolResult>;
}

/** The one way in to the tools, for MCP, sidebar, tool runner and chat pages alike. */
export function createRunner(parts: RunnerParts): Runner {
  return {
    async run(name, input, caller) {
      const tool = findTool(name);
      if (!tool) return unknownTool(parts.locale, name);
      try {
        return await runTool(parts, tool, input, caller);
      } catch (fault) {
        return faultResult(parts, tool, fault);
      }
    },
  };
}

async function runTool(parts: RunnerParts, tool: Tool, raw: unknown, caller: Caller): Promise<ToolResult> {
  const { client, locale } = parts;
  const parsed = parseInput(locale, tool.input, raw);
  if ('result' in parsed) return parsed.result;
  const { level, label } = client.profile;
  if (!levelAllows(level, tool.kind)) {
    return { status: 'refused', message: t(locale, 'level.too_low', { profile: label, level, needed: tool.kind }) };
  }
  return tool.kind === 'money-out'
    ? runGuarded(parts, tool, parsed.input, caller)
    : runOpen(parts, tool, parsed.input, caller);
}

function runOpen(
  parts: RunnerParts,
  tool: OpenTool,
  input: Record<string, unknown>,
  caller: Caller,
): Promise<ToolResult> {
  const { client, clock, locale, tokens, bills, transfers } = parts;
  const { progress, signal } = caller;
  return tool.handle({ client, clock, locale, tokens, bills, transfers, progress, signal }, input);
}

async function runGuarded(
  parts: RunnerParts,
  tool: GuardedTool,
  input: Record<string, unknown>,
  caller: Caller,
): Promise<ToolResult> {
  const proposal = tool.propose(input);
  const settled = await parts.guard.execute(proposal, (asked, facts) => tool.effect(asked, facts), caller);
  return resultOf(parts.locale, tool, settled);
}

function unknownTool(locale: Locale, name: string): ToolResult {
  const names = catalog.map((tool) => tool.name).join(', ');
  return invalidInput(locale, [say('run.unknown_tool', { name: `“${showHidden(name.slice(0, 64))}”`, names })]).result;
}

/** A refusal says why. Anything else is a fault of ours: after a write, whether it took effect is then not known. */
function faultResult(parts: RunnerParts, tool: Tool, fault: unknown): ToolResult {
  const { locale } = parts;
  if (fault instanceof InputError) return invalidInput(locale, [fault.sentence], fault.nextStep).result;
  if (fault instanceof ProductError) {
    if (fault.cause !== undefined) parts.onFault?.(tool.name, fault.cause);
    return refused(locale, fault);
  }
  parts.onFault?.(tool.name, fault);
  switch (tool.kind) {
    case 'read':
      return {
        status: 'internal_error',
        message: t(locale, 'run.internal'),
        next_step: t(locale, 'run.internal.next'),
      };
    case 'write':
    case 'money-out':
      return {
        status: 'unknown',
        message: t(locale, 'run.not_known', { tool: tool.name }),
        next_step: t(locale, 'run.not_known.next'),
      };
  }
}
