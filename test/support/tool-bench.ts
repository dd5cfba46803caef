import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import type { AlipayClient } from '../../src/alipay/client.ts';
import type { Clock } from '../../src/alipay/clock.ts';
import { explainCode } from '../../src/alipay/codes.ts';
import type { Method } from '../../src/alipay/methods.ts';
import { unknown, type Outcome, type Rejected, type ResponseNode } from '../../src/alipay/outcome.ts';
import { freeze, type Call, type Prepared } from '../../src/alipay/prepared.ts';
import type { Profile } from '../../src/alipay/profile.ts';
import type { Bill } from '../../src/bills/index.ts';
import type { Caller } from '../../src/guard/caller.ts';
import type { Proposal } from '../../src/guard/proposal.ts';
import type { Settled } from '../../src/guard/settled.ts';
import { memoryTokens } from '../../src/cli/memory-tokens.ts';
import { render, say, type Locale } from '../../src/text/index.ts';
import type { TokenStore } from '../../src/tools/context.ts';
import { findTool } from '../../src/tools/catalog.ts';
import type { ToolResult } from '../../src/tools/result.ts';
import { createRunner } from '../../src/tools/run.ts';

/** 2024-04-12 10:00:00 in Beijing. */
export const NOON = Date.parse('2024-04-12T10:00:00+08:00');

type Answer = Outcome | ((call: Call) => Outcome | Promise<Outcome>);

/** An answer of success with these fields. */
export function answered(node: ResponseNode): Outcome {
  return { status: 'succeeded', node: { code: '10000', msg: 'Success', ...node } };
}

/** Alipay's definite refusal with a sub_code, worded as the table of codes words it. */
export function refused(subCode: string, words = 'nope'): Rejected {
  const entry = explainCode(subCode);
  return {
    status: 'rejected',
    code: '40004',
    subCode,
    subMsg: words,
    verified: true,
    meaning: entry?.meaning ?? say('outcome.rejected', { code: subCode, words }),
    next: entry ? say(entry.next) : undefined,
  };
}

export const lost: Outcome = unknown('timeout', say('outcome.timeout', { seconds: 15 }));

export interface BenchOptions {
  readonly locale?: Locale;
  readonly profile?: Partial<Profile>;
  readonly tokens?: TokenStore;
  readonly bill?: (url: string) => Promise<Bill>;
  readonly settled?: (proposal: Proposal) => Settled | Promise<Settled>;
  readonly transfers?: Record<string, { product_code: string; biz_scene: string }>;
  readonly now?: number;
}

/**
 * The tools with everything below them played: a client that answers from a list and records what it was asked, a clock
 * that only waiting moves, a guard that settles as told. Every result is checked against its tool's own schema.
 */
export class Bench {
  readonly calls: Call[] = [];
  readonly proposals: Proposal[] = [];
  readonly effects: string[][] = [];
  readonly progress: string[] = [];
  readonly faults: unknown[] = [];
  readonly abort = new AbortController();
  now: number;
  #answers: Partial<Record<Method, Answer[]>> = {};
  readonly #options: BenchOptions;

  constructor(options: BenchOptions = {}) {
    this.#options = options;
    this.now = options.now ?? NOON;
  }

  /** The answers to one method, in order; the last one is given ever after. */
  answer(method: Method, ...answers: Answer[]): this {
    this.#answers[method] = answers;
    return this;
  }

  async run(name: string, input: unknown): Promise<ToolResult> {
    const result = await this.runUnchecked(name, input);
    const tool = findTool(name);
    if (tool) {
      assert.ok(z.safeParse(tool.output, result).success, `${name}: not as published: ${JSON.stringify(result)}`);
      const published = Object.keys(tool.output.def.shape);
      const secret = Object.keys(result).filter((fact) => !published.includes(fact));
      assert.deepEqual(secret, [], `${name}: facts that its schema does not name`);
    }
    return result;
  }

  runUnchecked(name: string, input: unknown): Promise<ToolResult> {
    const { locale = 'en', tokens = memoryTokens(), transfers = {}, bill, settled } = this.#options;
    const runner = createRunner({
      client: this.#client(),
      guard: {
        execute: async (proposal, effect) => {
          this.proposals.push(proposal);
          assert.ok(settled, 'nobody expected the guard to be asked');
          const outcome = await settled(proposal);
          this.effects.push(effect(proposal, outcome.facts).map((sentence) => render(locale, sentence)));
          return outcome;
        },
      },
      clock: this.#clock(),
      locale,
      tokens,
      bills: { read: (url) => (bill ? bill(url) : Promise.reject(new Error('no bill'))) },
      transfers: { find: (number) => transfers[number] },
      onFault: (_tool, fault) => this.faults.push(fault),
    });
    return runner.run(name, input, this.#caller(locale));
  }

  #caller(locale: Locale): Caller {
    return {
      clientId: 'c',
      name: 'bench',
      signal: this.abort.signal,
      progress: (sentence) => void this.progress.push(render(locale, sentence)),
      approver: undefined,
    };
  }

  #clock(): Clock {
    return {
      now: () => this.now,
      monotonic: () => this.now,
      wait: (ms, signal) => {
        if (signal?.aborted) return Promise.reject(signal.reason as Error);
        this.now += ms;
        return Promise.resolve();
      },
    };
  }

  #client(): AlipayClient {
    const profile: Profile = {
      id: 'p',
      label: 'Bench',
      gateway: 'https://127.0.0.1/gateway.do',
      appId: '2021000000000001',
      mode: 'certificate',
      level: 'money-out',
      band: 'local-sandbox',
      ...this.#options.profile,
    };
    const asked = new Map<Prepared, Call>();
    return {
      profile,
      prepare: (call: Call) => {
        const prepared = freeze(profile.gateway, profile.appId, call);
        asked.set(prepared, call);
        return prepared;
      },
      send: async (prepared: Prepared) => {
        const call = asked.get(prepared) as Call;
        this.calls.push(call);
        const answers = this.#answers[call.method] ?? [];
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer === undefined) throw new Error(`nobody expected ${call.method}`);
        return typeof answer === 'function' ? answer(call) : answer;
      },
      signedUrl: (prepared: Prepared) => {
        this.calls.push(asked.get(prepared) as Call);
        return Promise.resolve(`https://127.0.0.1/gateway.do?method=${prepared.method}&sign=x`);
      },
      orderString: (prepared: Prepared) => {
        this.calls.push(asked.get(prepared) as Call);
        return Promise.resolve(`method=${prepared.method}&sign=x`);
      },
    } as unknown as AlipayClient;
  }
}
