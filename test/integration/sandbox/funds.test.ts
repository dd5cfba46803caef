import assert from 'node:assert/strict';
import { bothModes, call, newNumber } from '../../support/sandbox-sdk.ts';

bothModes('alipay-sdk at the sandbox: transfers, bills, users', (stage) => {
  it('transfers once per number, and says what is wrong with a payee', async () => {
    const transfer = {
      out_biz_no: newNumber(),
      trans_amount: '10.00',
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
      order_title: '佣金',
      payee_info: { identity: '13800001001', identity_type: 'ALIPAY_LOGON_ID', name: '张小满' },
      transfer_scene_name: '佣金报酬',
      transfer_scene_report_infos: [{ info_type: '岗位类型', info_content: '推广' }],
    };
    const send = (changes: object) => call(stage.sdk, 'alipay.fund.trans.uni.transfer', { ...transfer, ...changes });
    const first = await send({});
    assert.deepEqual([first.code, first.status], ['10000', 'SUCCESS']);
    const { json: journal } = await stage.sandbox.admin('GET', '/journal');
    const lenient = journal.at(-1).notes.some((note: string) => note.includes('key mode'));
    assert.equal(lenient, stage.mode === 'key');
    assert.match(first.orderId, /^\d{32}$/);
    assert.equal((await send({})).orderId, first.orderId);
    assert.equal((await send({ trans_amount: '10.01' })).subCode, 'PAYMENT_INFO_INCONSISTENCY');
    const query = {
      out_biz_no: transfer.out_biz_no,
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
    };
    const queried = await call(stage.sdk, 'alipay.fund.trans.common.query', query);
    assert.deepEqual([queried.status, queried.transAmount, queried.orderId], ['SUCCESS', '10.00', first.orderId]);
    const fresh = { out_biz_no: newNumber() };
    const payee = transfer.payee_info;
    assert.equal((await send({ ...fresh, payee_info: { ...payee, name: '李四' } })).subCode, 'PAYEE_USER_INFO_ERROR');
    assert.equal(
      (await send({ ...fresh, payee_info: { ...payee, identity: 'nobody@example.com' } })).subCode,
      'PAYEE_NOT_EXIST',
    );
    assert.equal(
      (await send({ ...fresh, payee_info: { identity: payee.identity, identity_type: 'ALIPAY_LOGON_ID' } })).subCode,
      'INVALID_PARAMETER',
    );
    assert.equal((await send({ ...fresh, trans_amount: '0.09' })).subCode, 'INVALID_PARAMETER');
    assert.equal((await send({ ...fresh, trans_amount: '50000.00' })).subCode, 'MEMO_REQUIRED_IN_TRANSFER_ERROR');
    assert.equal(
      (await send({ ...fresh, trans_amount: '99999999.00', remark: 'x' })).subCode,
      'PAYER_BALANCE_NOT_ENOUGH',
    );
    assert.equal(
      (await call(stage.sdk, 'alipay.fund.trans.common.query', { ...query, ...fresh })).subCode,
      'ORDER_NOT_EXIST',
    );
    const account = await call(stage.sdk, 'alipay.fund.account.query', {
      alipay_user_id: '2088621000000018',
      account_type: 'ACCTRANS_ACCOUNT',
    });
    assert.match(account.availableAmount, /^\d+\.\d\d$/);
  });

  it('hands out a bill whose link dies after 30 seconds', async () => {
    const bill = { bill_type: 'trade', bill_date: '2024-04-11' };
    const { billDownloadUrl } = await call(stage.sdk, 'alipay.data.dataservice.bill.downloadurl.query', bill);
    const zip = Buffer.from(await (await fetch(billDownloadUrl)).arrayBuffer());
    assert.equal(zip.subarray(0, 2).toString('latin1'), 'PK');
    const empty = await call(stage.sdk, 'alipay.data.dataservice.bill.downloadurl.query', {
      ...bill,
      bill_date: '2024-04-10',
    });
    assert.equal(empty.billFileCode, 'EMPTY_DATA_WITH_BILL_FILE');
    for (const type of ['trade', 'signcustomer']) {
      const month = await call(stage.sdk, 'alipay.data.dataservice.bill.downloadurl.query', {
        bill_type: type,
        bill_date: '2024-04',
      });
      assert.equal((await fetch(month.billDownloadUrl)).status, 200);
    }
    await stage.sandbox.admin('POST', '/clock', { advance_ms: 31_000 });
    assert.equal((await fetch(billDownloadUrl)).status, 404);
    const { json } = await stage.sandbox.admin('GET', '/state');
    const today = await call(stage.sdk, 'alipay.data.dataservice.bill.downloadurl.query', {
      ...bill,
      bill_date: json.clock.beijing.slice(0, 10),
    });
    assert.equal(today.subCode, 'BILL_NOT_EXIST');
    const unknown = await call(stage.sdk, 'alipay.data.dataservice.bill.downloadurl.query', {
      ...bill,
      bill_type: 'nothing',
    });
    assert.equal(unknown.subCode, 'TYPE_NOT_SUPPORTED');
  });

  it('exchanges a code once, refreshes a token, and tells who its holder is', async () => {
    const { json: granted } = await stage.sandbox.admin('POST', '/oauth/codes', {
      app_id: stage.mode === 'key' ? stage.sandbox.line.appId : stage.sandbox.line.certApp.appId,
    });
    const exchange = { grant_type: 'authorization_code', code: granted.auth_code };
    const token = await call(stage.sdk, 'alipay.system.oauth.token', undefined, exchange);
    assert.equal(token.code, undefined);
    assert.equal(token.userId, granted.user_id);
    const info = await call(stage.sdk, 'alipay.user.info.share', undefined, { auth_token: token.accessToken });
    assert.deepEqual([info.userId, info.nickName, info.city], ['2088621000001001', '小满', '杭州市']);
    const refreshed = await call(stage.sdk, 'alipay.system.oauth.token', undefined, {
      grant_type: 'refresh_token',
      refresh_token: token.refreshToken,
    });
    assert.notEqual(refreshed.accessToken, token.accessToken);
    const old = await call(stage.sdk, 'alipay.user.info.share', undefined, { auth_token: token.accessToken });
    assert.deepEqual([old.code, old.subCode], ['20001', 'aop.invalid-auth-token']);
    // As on the platform, this error is an unsigned error_response: the SDK can read it only without checking.
    const again = await stage.sdk.exec('alipay.system.oauth.token', exchange);
    assert.deepEqual([again.code, again.subCode], ['40002', 'isv.code-invalid']);
  });
});
