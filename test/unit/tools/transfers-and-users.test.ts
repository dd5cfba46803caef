import assert from 'node:assert/strict';
import { memoryTokens } from '../../../src/cli/memory-tokens.ts';
import { answered, Bench, lost, NOON, refused } from '../../support/tool-bench.ts';

const QUERY = 'alipay.fund.trans.common.query';
const SECRETS = [
  'authcode4b203fe6c11548bcabd8da5bb087a83b',
  'accesskuaijieB1f2e3d4c5',
  'refreshkuaijieBa9b8c7d6e5',
] as const;
const [CODE, ACCESS, REFRESH] = SECRETS;

describe('query_transfer', () => {
  it('says of each status what it means for the money; only SUCCESS has arrived', async () => {
    const cases = [
      ['SUCCESS', true, /has arrived/],
      ['DEALING', false, /in progress; it is not done/],
      ['WAIT_PAY', false, /it is not done/],
      ['REFUND', false, /came back to the merchant/],
      ['FAIL', false, /failed/],
      ['CLOSED', false, /no money moved/],
      ['NEW_ONE', false, /NEW_ONE, which this product does not know/],
    ] as const;
    for (const [status, arrived, says] of cases) {
      const bench = new Bench().answer(QUERY, answered({ status, out_biz_no: 'T1', trans_amount: '100' }));
      const result = await bench.run('query_transfer', { out_biz_no: 'T1' });
      assert.deepEqual([result.status, result['transfer_status'], result['arrived']], ['succeeded', status, arrived]);
      assert.match(result.message, says);
      assert.equal(result['trans_amount'], '100.00');
    }
  });

  it('sends product and scene: what the ledger knows, else the usual pair', async () => {
    const transfers = { T1: { product_code: 'STD_RED_PACKET', biz_scene: 'PERSONAL_PAY' } };
    const bench = new Bench({ transfers }).answer(QUERY, answered({ status: 'SUCCESS' }));
    await bench.run('query_transfer', { out_biz_no: 'T1' });
    await bench.run('query_transfer', { out_biz_no: 'T2' });
    assert.deepEqual(
      bench.calls.map((call) => call.bizContent),
      [
        { out_biz_no: 'T1', product_code: 'STD_RED_PACKET', biz_scene: 'PERSONAL_PAY' },
        { out_biz_no: 'T2', product_code: 'TRANS_ACCOUNT_NO_PWD', biz_scene: 'DIRECT_TRANSFER' },
      ],
    );
  });

  it('sends one number only, by Alipay’s precedence, and says which', async () => {
    const bench = new Bench().answer(QUERY, answered({ status: 'SUCCESS' }));
    const input = { out_biz_no: 'T1', order_id: 'O1', pay_fund_order_id: 'P1' };
    const result = await bench.run('query_transfer', input);
    await bench.run('query_transfer', { out_biz_no: 'T1', order_id: 'O1' });
    const sent = bench.calls.map(({ bizContent }) => Object.keys(bizContent ?? {}).filter((field) => field in input));
    assert.deepEqual(sent, [['pay_fund_order_id'], ['order_id']]);
    assert.match(result.message, /only pay_fund_order_id was asked for/);
    assert.equal((await bench.run('query_transfer', {})).status, 'invalid_input');
  });

  it('G7: an order that is not there is no leave to send it again', async () => {
    const bench = new Bench().answer(QUERY, refused('ORDER_NOT_EXIST'));
    const result = await bench.run('query_transfer', { out_biz_no: 'T1' });
    assert.equal(result.status, 'rejected');
    assert.match(String(result.next_step), /do not send it again under another number/);
  });
});

describe('get_oauth_token and query_user_info', () => {
  const METHOD = 'alipay.system.oauth.token';
  const tokenAnswer = {
    access_token: ACCESS,
    refresh_token: REFRESH,
    expires_in: '3600',
    user_id: '2088102146225135',
    open_id: 'o-1',
  };

  function bench(tokens = memoryTokens()): Bench {
    return new Bench({ tokens })
      .answer(METHOD, answered(tokenAnswer))
      .answer(
        'alipay.user.info.share',
        answered({ user_id: '2088102146225135', nick_name: '张三丰', city: '杭州', cert_no: '33010' }),
      );
  }

  it('G10: gives a handle, and never a token or code', async () => {
    const tokens = memoryTokens();
    const tool = bench(tokens);
    const got = await tool.run('get_oauth_token', { code: CODE });
    assert.equal(got.status, 'succeeded');
    assert.deepEqual(tool.calls[0]?.params, { grant_type: 'authorization_code', code: CODE });
    assert.deepEqual(
      [got['user_id'], got['open_id'], got['expires_at']],
      ['2088102146225135', 'o-1', '2024-04-12 11:00:00'],
    );
    const handle = String(got['handle']);
    assert.deepEqual(await tokens.get(handle), {
      accessToken: ACCESS,
      refreshToken: REFRESH,
      userId: '2088102146225135',
      openId: 'o-1',
      expiresAt: NOON + 3_600_000,
    });
    const renewed = await tool.run('get_oauth_token', { grant_type: 'refresh_token', handle });
    assert.deepEqual(tool.calls[1]?.params, { grant_type: 'refresh_token', refresh_token: REFRESH });
    const info = await tool.run('query_user_info', { handle });
    for (const result of [got, renewed, info]) {
      for (const secret of SECRETS) assert.ok(!JSON.stringify(result).includes(secret));
    }
  });

  it('never sends a code twice, whatever became of it', async () => {
    const tool = bench().answer(METHOD, lost);
    const first = await tool.run('get_oauth_token', { code: CODE });
    assert.equal(first.status, 'unknown');
    assert.match(first.message, /may be used up/);
    const second = await tool.run('get_oauth_token', { code: CODE });
    assert.equal(second.status, 'refused');
    assert.match(second.message, /sent before/);
    assert.equal(tool.calls.length, 1);
  });

  it('G10: leaves out Alipay’s words where they may repeat a code or token', async () => {
    const words = `sign check fail: code=${CODE}&auth_token=${ACCESS}`;
    const tokens = memoryTokens();
    const stored = { accessToken: ACCESS, refreshToken: REFRESH, userId: '1', openId: undefined, expiresAt: undefined };
    const handle = await tokens.put(stored);
    const tool = bench(tokens)
      .answer(METHOD, refused('isv.new-code', words))
      .answer('alipay.user.info.share', refused('x.new', words));
    for (const result of [
      await tool.run('get_oauth_token', { code: CODE }),
      await tool.run('query_user_info', { handle }),
    ]) {
      assert.equal(result.status, 'rejected');
      for (const secret of SECRETS) assert.ok(!JSON.stringify(result).includes(secret), result.message);
    }
  });

  it('knows a permanent authorization, and one that has ended', async () => {
    const permanent = bench().answer(METHOD, answered({ ...tokenAnswer, auth_token_type: 'permanent' }));
    const got = await permanent.run('get_oauth_token', { code: CODE });
    assert.equal(got['expires_at'], undefined);
    const endless = bench().answer(METHOD, answered({ ...tokenAnswer, expires_in: '8638287084000' }));
    const beyond = await endless.run('get_oauth_token', { code: CODE });
    assert.deepEqual([beyond.status, beyond['expires_at']], ['succeeded', undefined]);
    const tokens = memoryTokens();
    const stored = { accessToken: ACCESS, refreshToken: undefined, userId: '1', openId: undefined, expiresAt: NOON };
    const handle = await tokens.put(stored);
    const tool = bench(tokens);
    const ended = await tool.run('query_user_info', { handle });
    assert.deepEqual([ended.status, tool.calls.length], ['refused', 0]);
    assert.match(ended.message, /ended on 2024-04-12 10:00:00/);
    const renewed = await tool.run('get_oauth_token', { grant_type: 'refresh_token', handle });
    assert.match(renewed.message, /cannot be renewed/);
  });

  it('says which of code and handle it needs', async () => {
    const cases: [Record<string, unknown>, RegExp][] = [
      [{}, /code is missing/],
      [{ grant_type: 'refresh_token' }, /handle is missing/],
      [{ code: 'c', handle: 'h' }, /not both/],
      [{ grant_type: 'refresh_token', handle: 'tok_0' }, /no authorization under this handle/],
      [{ grant_type: 'password', code: 'c' }, /one of: authorization_code, refresh_token/],
    ];
    for (const [input, says] of cases) {
      const tool = bench();
      const result = await tool.run('get_oauth_token', input);
      assert.equal(result.status, 'invalid_input');
      assert.match(result.message, says);
      assert.deepEqual(tool.calls, []);
    }
    assert.equal((await bench().run('query_user_info', { handle: 'tok_0' })).status, 'invalid_input');
  });

  it('masks what is personal, known fields and new ones alike', async () => {
    const tokens = memoryTokens();
    const stored = {
      accessToken: ACCESS,
      refreshToken: undefined,
      userId: undefined,
      openId: undefined,
      expiresAt: undefined,
    };
    const handle = await tokens.put(stored);
    const tool = bench(tokens);
    const result = await tool.run('query_user_info', { handle });
    assert.deepEqual(tool.calls[0]?.params, { auth_token: ACCESS });
    assert.deepEqual(
      [result['user_id'], result['nick_name'], result['city'], result['gender']],
      ['2088102146225135', '张***', '***', undefined],
    );
    assert.equal(result['masked_fields'], 'nick_name, city, cert_no');
    for (const personal of ['三丰', '杭州', '33010']) assert.ok(!JSON.stringify(result).includes(personal));
    tool.answer('alipay.user.info.share', answered({ open_id: 'o-2', nick_name: '张' }));
    const short = await tool.run('query_user_info', { handle });
    assert.deepEqual([short['open_id'], short['nick_name']], ['o-2', '***']);
    tool.answer('alipay.user.info.share', answered({ open_id: 'o-2' }));
    assert.match((await tool.run('query_user_info', { handle })).message, /no personal fields/);
  });
});
