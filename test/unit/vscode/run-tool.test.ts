import assert from 'node:assert/strict';
import { catalog } from '../../../src/tools/catalog.ts';
import type { Approver, Caller } from '../../../src/tools/ports.ts';
import type { ToolResult } from '../../../src/tools/result.ts';
import { formOf } from '../../../src/vscode/run-tool/form.ts';
import { runTool } from '../../../src/vscode/run-tool/run-tool.ts';
import { FakeUi, type Answer } from '../../support/fake-ui.ts';

const approver: Approver = { ask: () => Promise.resolve({ verdict: 'denied' }) };
const RESULT: ToolResult = { status: 'succeeded', message: 'It is done.', trade_no: '42', next_step: 'Nothing.' };

interface Call {
  readonly name: string;
  readonly input: unknown;
  readonly caller: Caller;
}

async function running(script: readonly Answer[]): Promise<{ ui: FakeUi; calls: Call[] }> {
  const calls: Call[] = [];
  const ui = new FakeUi(script);
  const run = (name: string, input: unknown, caller: Caller): Promise<ToolResult> => {
    calls.push({ name, input, caller });
    return Promise.resolve(RESULT);
  };
  await runTool({ ui, run, approver });
  return { ui, calls };
}

describe('running a tool by hand', () => {
  it('offers all ten, each with what it may do', async () => {
    const { ui } = await running([]);
    const [question] = ui.asked;
    assert.ok(question && 'choices' in question);
    assert.deepEqual(
      question.choices.map(({ label }) => label),
      catalog.map(({ name }) => name),
    );
    const kinds = question.choices.map(({ description }) => description);
    assert.equal(kinds.filter((kind) => kind === 'moves money out, after your approval').length, 3);
  });

  it('asks for what is required, then for what the person picks, and shows the result', async () => {
    const { ui, calls } = await running([
      { pick: 'refund_trade' },
      { type: '15.5O' },
      { type: '15.50' },
      { pick: 'out_trade_no' },
      { type: '2024040112345' },
      { pick: 'refund_reason' },
      { type: 'Defective item' },
      { pick: 'Run refund_trade' },
    ]);
    assert.equal(ui.left, 0);
    assert.match(ui.said[0] ?? '', /not an amount/);
    const [{ name, input, caller } = {} as Call] = calls;
    assert.equal(name, 'refund_trade');
    assert.deepEqual(input, { refund_amount: '15.50', out_trade_no: '2024040112345', refund_reason: 'Defective item' });
    assert.equal(caller.approver, approver);
    assert.match(caller.name, /Run a Tool/);
    assert.deepEqual(
      ui.shown.map((one) => one.name),
      ['refund_trade'],
    );
    assert.match(ui.shown[0]?.text ?? '', /^It is done\.\nstatus: succeeded\ntrade_no: 42\n.*Nothing\.$/s);
  });

  it('lays no notification over the approval of what moves money', async () => {
    const script = (name: string, ...more: Answer[]): Answer[] => [{ pick: name }, ...more, { pick: `Run ${name}` }];
    assert.deepEqual((await running(script('refund_trade', { type: '15.50' }))).ui.aside, [true]);
    assert.deepEqual((await running(script('query_trade'))).ui.aside, [false]);
  });

  it('runs nothing when it is left before the end', async () => {
    const script: Answer[] = [{ pick: 'refund_trade' }, { type: '15.50' }, { pick: 'out_trade_no' }, { type: '1' }];
    for (let steps = 0; steps <= script.length; steps += 1) {
      const { calls, ui } = await running(script.slice(0, steps));
      assert.deepEqual([calls, ui.shown], [[], []]);
    }
  });

  it('reads numbers, choices and yes or no as what they are', async () => {
    const query = await running([
      { pick: 'query_trade' },
      { pick: 'wait_seconds' },
      { type: 'x' },
      { type: '121' },
      { type: '5' },
      { pick: 'Run' },
    ]);
    assert.deepEqual(query.calls[0]?.input, { wait_seconds: 5 });
    assert.equal(query.ui.said.length, 2);
    const bill = await running([
      { pick: 'query_bill_download_url' },
      { type: 'yesterday' },
      { pick: 'bill_type' },
      { pick: 'signcustomer' },
      { pick: 'download' },
      { pick: 'false' },
      { pick: 'Run' },
    ]);
    assert.deepEqual(bill.calls[0]?.input, { bill_date: 'yesterday', bill_type: 'signcustomer', download: false });
  });

  it('leaves a field out again, and keeps it when its question is left', async () => {
    const { calls } = await running([
      { pick: 'query_trade' },
      { pick: 'trade_no' },
      { type: '1' },
      { pick: 'out_trade_no' },
      { type: '2' },
      { pick: 'trade_no' },
      { type: '' },
      { pick: 'out_trade_no' },
      'esc',
      { pick: 'Run' },
    ]);
    assert.deepEqual(calls[0]?.input, { out_trade_no: '2' });
  });

  it('shows no code or handle that is typed', async () => {
    const { ui } = await running([{ pick: 'get_oauth_token' }, { pick: 'code' }, { type: 'c0ffee1234' }]);
    assert.ok(ui.asked.some((question) => 'secret' in question && question.secret === true));
    assert.ok(!JSON.stringify(ui.asked).includes('c0ffee1234'));
  });

  it('has a form for every field of every tool, in both languages, and takes its own examples', () => {
    for (const tool of catalog) {
      for (const locale of ['en', 'zh'] as const) {
        const form = formOf(tool, locale);
        assert.deepEqual(form.map(({ name }) => name).toSorted(), Object.keys(tool.input.def.shape).toSorted());
        for (const { name, description, example, words, check } of form) {
          assert.ok(description, `${tool.name}.${name}`);
          if (words.length === 0) assert.equal(check(example), undefined, `${tool.name}.${name}: ${example}`);
          for (const word of words) assert.equal(check(word), undefined, `${tool.name}.${name}: ${word}`);
        }
      }
    }
  });
});
