import type * as z from 'zod/mini';
import type { Kind } from '../alipay/methods.ts';
import type { Facts, Proposal } from '../guard/proposal.ts';
import type { Settled } from '../guard/settled.ts';
import type { Sentence, TextKey } from '../text/index.ts';
import type { ToolContext } from './context.ts';
import type { ToolResult } from './result.ts';

type Schema = z.ZodMiniObject;

interface ToolFacts<Input extends Schema> {
  readonly name: string;
  /** What VS Code's card is headed with. */
  readonly title: TextKey;
  /** Two sentences and the units; a person reads it too, in VS Code's own card. */
  readonly description: TextKey;
  readonly input: Input;
  /** The published shape of `structuredContent`: see `result.ts`. */
  readonly output: Schema;
}

/** A tool that reads, or writes what moves no money out. */
export interface OpenTool<Input extends Schema = Schema> extends ToolFacts<Input> {
  readonly kind: 'read' | 'write';
  handle(ctx: ToolContext, input: z.infer<Input>): Promise<ToolResult>;
}

/** A tool that moves money out. It has no client: it can only propose, describe and report; the guard does the rest. */
export interface GuardedTool<Input extends Schema = Schema> extends ToolFacts<Input> {
  readonly kind: 'money-out';
  /** @throws InputError */
  propose(input: z.infer<Input>): Proposal;
  /** What approving would do, in sentences: the first is the operation itself with its amount. */
  effect(proposal: Proposal, facts: Facts): readonly Sentence[];
  report(settled: Settled): ReportedFacts;
  /** What was done, in a sentence, once it succeeded; never said of anything else. */
  done(settled: Settled): Sentence;
}

/** The facts of a result by their published names; `status`, `message` and `next_step` are added by `runTool`. */
export type ReportedFacts = Readonly<Record<string, unknown>>;

export type Tool = OpenTool | GuardedTool;

/** Only gives the compiler the types. */
export function defineTool<Input extends Schema>(tool: OpenTool<Input>): OpenTool {
  return tool;
}

/** Only gives the compiler the types. */
export function defineGuardedTool<Input extends Schema>(tool: GuardedTool<Input>): GuardedTool {
  return tool;
}

export interface Annotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly openWorldHint: false;
}

/** MCP's hints, from the one word that states a tool's danger. A merchant's own account is a closed world. */
export function annotationsOf(kind: Kind): Annotations {
  switch (kind) {
    case 'read':
      return { readOnlyHint: true, destructiveHint: false, openWorldHint: false };
    case 'write':
      return { readOnlyHint: false, destructiveHint: false, openWorldHint: false };
    case 'money-out':
      return { readOnlyHint: false, destructiveHint: true, openWorldHint: false };
  }
}
