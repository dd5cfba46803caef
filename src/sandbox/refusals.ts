/**
 * What the gateway refuses with: `sub_code` → `sub_msg`, by `code` (`alipay-openapi.md` §2 and §3). The words are the
 * platform's own and part of its protocol, hence Chinese only.
 */
const MESSAGES = {
  '20000': 'Service Currently Unavailable',
  '20001': 'Insufficient Token Permissions',
  '40001': 'Missing Required Arguments',
  '40002': 'Invalid Arguments',
  '40003': 'Insufficient Conditions',
  '40004': 'Business Failed',
  '40006': 'Insufficient Permissions',
} as const;

const SUB_MESSAGES = {
  '20000': { 'isp.unknow-error': '系统繁忙' },
  '20001': {
    'aop.invalid-auth-token': '无效的访问令牌',
    'aop.auth-token-time-out': '访问令牌已过期',
  },
  '40001': {
    'isv.missing-method': '缺少方法名参数',
    'isv.missing-signature': '缺少签名参数',
    'isv.missing-signature-type': '缺少签名类型参数',
    'isv.missing-app-id': '缺少AppID参数',
    'isv.missing-timestamp': '缺少时间戳参数',
    'isv.missing-version': '缺少版本参数',
    'isv.missing-app-cert-sn': '缺少应用公钥证书序列号',
    'isv.missing-alipay-root-cert-sn': '缺少支付宝根证书序列号',
    'isv.decryption-error-missing-encrypt-type': '解密出错, 未指定加密算法',
  },
  '40002': {
    'isv.invalid-parameter': '参数无效',
    'isv.invalid-method': '不存在的方法名',
    'isv.invalid-format': '无效的数据格式',
    'isv.invalid-signature-type': '无效的签名类型',
    'isv.invalid-signature': '验签出错，',
    'isv.invalid-app-id': '无效的AppID参数',
    'isv.invalid-timestamp': '非法的时间戳参数',
    'isv.invalid-charset': '字符集错误',
    'isv.illegal-json': 'biz_content不是合法的JSON',
    'isv.app-cert-not-exist': '应用公钥证书不存在',
    'isv.invalid-alipay-root-cert-sn': '支付宝根证书序列号无效',
    'invalid-content-type': '无效的Content-Type',
    'isv.grant-type-invalid': '授权类型grant_type无效',
    'isv.code-invalid': '授权码code无效',
    'isv.refresh-token-invalid': '刷新令牌refresh_token无效',
    'isv.refresh-token-time-out': '刷新令牌refresh_token已过期',
    'isv.unmatched-app-id': '授权方不匹配',
    'isv.decryption-error-not-valid-encrypt-type': '解密出错, 不支持的加密算法',
  },
  '40003': { 'isv.decryption-error-unknown': '解密出错, 未知错误' },
  '40004': {
    'ACQ.SYSTEM_ERROR': '系统错误',
    'ACQ.INVALID_PARAMETER': '参数无效',
    'ACQ.TOTAL_FEE_EXCEED': '订单总金额不在允许范围内',
    'ACQ.CONTEXT_INCONSISTENT': '交易信息被篡改',
    'ACQ.TRADE_HAS_SUCCESS': '交易已被支付',
    'ACQ.TRADE_HAS_CLOSE': '交易已经关闭',
    'ACQ.TRADE_HAS_FINISHED': '交易已完结',
    'ACQ.TRADE_BUYER_NOT_MATCH': '交易买家不匹配',
    'ACQ.BUYER_NOT_EXIST': '买家不存在',
    'ACQ.BUYER_SELLER_EQUAL': '买卖家不能相同',
    'ACQ.BUYER_BALANCE_NOT_ENOUGH': '买家余额不足',
    'ACQ.SELLER_NOT_EXIST': '卖家不存在',
    'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR': '当前时间已超过允许支付的时间',
    'ACQ.PAYMENT_AUTH_CODE_INVALID':
      '获取顾客账户信息失败，请顾客刷新付款码后重新收款，如再次收款失败，请联系管理员处理',
    'ACQ.TRADE_NOT_EXIST': '交易不存在',
    'ACQ.SUB_GOODS_SIZE_MAX_COUNT': '子商品明细超长',
    'ACQ.ALLOC_AMOUNT_VALIDATE_ERROR': '退分账金额有误',
    'ACQ.TRADE_STATUS_ERROR': '交易状态不合法',
    'ACQ.REASON_TRADE_STATUS_INVALID': '交易状态异常',
    'ACQ.REASON_ILLEGAL_STATUS': '交易状态异常',
    'ACQ.APPLY_PC_MERCHANT_CODE_ERROR': '申请二维码失败',
    'ACQ.TRADE_CANCEL_TIME_OUT': '超过撤销时间范围',
    'ACQ.REASON_TRADE_REFUND_FEE_ERR': '退款金额无效',
    'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': '退款金额超限',
    'ACQ.DISCORDANT_REPEAT_REQUEST': '不一致的重复请求',
    'ACQ.SELLER_BALANCE_NOT_ENOUGH': '卖家余额不足',
    SYSTEM_ERROR: '系统繁忙',
    INVALID_PARAMETER: '参数有误',
    PAYMENT_INFO_INCONSISTENCY: '两次请求商户单号一样，但是参数不一致',
    PAYER_BALANCE_NOT_ENOUGH: '付款方余额不足',
    PAYEE_NOT_EXIST: '收款账号不存在',
    PAYEE_USER_INFO_ERROR: '支付宝账号和姓名不匹配，请确认姓名是否正确',
    PAYER_PAYEE_CANNOT_SAME: '收付款方不能相同',
    PRODUCT_NOT_SIGN: '产品未签约',
    MEMO_REQUIRED_IN_TRANSFER_ERROR: '根据监管部门的要求，单笔转账金额达到50000元及以上时，需要填写付款理由',
    TRANSFER_SCENE_NAME_ILLEGAL: '转账场景名称不合法',
    TRANSFER_SCENE_REPORT_INFO_ILLEGAL: '转账场景报备信息不合法',
    EXCEED_LIMIT_PERSONAL_SM_AMOUNT: '转账给个人支付宝账户的单笔额度超限',
    EXCEED_LIMIT_DM_AMOUNT: '日累计额度超限',
    EXCEED_LIMIT_UNRN_DM_AMOUNT: '收款账户未实名认证，日累计额度超限',
    ORDER_NOT_EXIST: '转账订单不存在',
    NO_PERMISSION_ACCOUNT: '无权限操作当前付款账号',
    BILL_NOT_EXIST: '账单不存在',
    INVAILID_ARGUMENTS: '入参不合法',
    TYPE_NOT_SUPPORTED: '账单类型不支持',
    UNKNOWN_ERROR: '未知错误',
  },
  '40006': { 'isv.insufficient-user-permissions': '用户权限不足' },
} as const satisfies Record<keyof typeof MESSAGES, Record<string, string>>;

type Code = keyof typeof MESSAGES;
type KeysOfEach<T> = T extends unknown ? keyof T : never;
export type SubCode = KeysOfEach<(typeof SUB_MESSAGES)[Code]>;

/** The four fields of a refused answer, in the platform's order. */
export type RefusalFields = Readonly<Record<'code' | 'msg' | 'sub_code' | 'sub_msg', string>>;

/** A request that was understood and is refused: nothing happened, or what happened is rolled back. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly fields: RefusalFields;

  /** @param detail is put behind the platform's own words. */
  constructor(subCode: SubCode, detail = '') {
    super(subCode);
    this.fields = refusalFields(subCode, detail);
  }
}

/** The fields of a refusal with `subCode`. */
export function refusalFields(subCode: SubCode, detail = ''): RefusalFields {
  const found = CODE_OF.get(subCode);
  if (!found) throw new RangeError(`no such sub_code: ${subCode}`);
  return { code: found.code, msg: MESSAGES[found.code], sub_code: subCode, sub_msg: `${found.text}${detail}` };
}

const CODE_OF: ReadonlyMap<string, { code: Code; text: string }> = new Map(
  (Object.keys(MESSAGES) as Code[]).flatMap((code) =>
    Object.entries(SUB_MESSAGES[code]).map(([subCode, text]) => [subCode, { code, text }] as const),
  ),
);
