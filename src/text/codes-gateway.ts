import type { Bilingual } from './sentence.ts';

/** The gateway’s own codes, which any method can meet (`alipay-openapi.md` §2.1, §2.2). */
export const gatewayMeanings = {
  'isp.unknow-error': {
    en: 'Alipay’s gateway is busy and does not say whether the request took effect.',
    zh: '支付宝网关繁忙，没有说明请求是否已生效。',
  },
  'aop.unknow-error': {
    en: 'Alipay’s gateway had an error and does not say whether the request took effect.',
    zh: '支付宝网关出错，没有说明请求是否已生效。',
  },
  'aop.ACQ.SYSTEM_ERROR': {
    en: 'Alipay’s trade system had an error behind the gateway and does not say whether the request took effect.',
    zh: '网关之后的支付宝交易系统异常，没有说明请求是否已生效。',
  },
  'aop.invalid-auth-token': {
    en: 'The user’s authorization is not valid.',
    zh: '用户的授权无效。',
  },
  'aop.auth-token-time-out': {
    en: 'The user’s authorization has run out.',
    zh: '用户的授权已过期。',
  },
  'aop.invalid-app-auth-token': {
    en: 'The merchant’s authorization for this application is not valid.',
    zh: '商户对此应用的授权无效。',
  },
  'aop.invalid-app-auth-token-no-api': {
    en: 'The merchant’s authorization does not cover this operation.',
    zh: '商户的授权不包含此操作。',
  },
  'aop.app-auth-token-time-out': {
    en: 'The merchant’s authorization for this application has run out.',
    zh: '商户对此应用的授权已过期。',
  },
  'aop.no-product-reg-by-partner': {
    en: 'The merchant has not signed up for the product that this operation belongs to.',
    zh: '商户没有签约此操作所属的产品。',
  },
  'isv.missing-method': {
    en: 'The request did not name an operation.',
    zh: '请求中没有写明要执行的操作。',
  },
  'isv.missing-signature': {
    en: 'The request was not signed.',
    zh: '请求没有签名。',
  },
  'isv.missing-signature-type': {
    en: 'The request did not say how it was signed.',
    zh: '请求没有写明签名方式。',
  },
  'isv.missing-signature-key': {
    en: 'The application has no key in the Alipay console.',
    zh: '该应用没有在支付宝控制台配置密钥。',
  },
  'isv.missing-app-id': {
    en: 'The request named no application.',
    zh: '请求中没有应用 ID。',
  },
  'isv.missing-timestamp': {
    en: 'The request carried no time.',
    zh: '请求中没有时间。',
  },
  'isv.missing-version': {
    en: 'The request did not name the version of the interface.',
    zh: '请求没有写明接口版本。',
  },
  'isv.missing-app-cert-sn': {
    en: 'The application works with certificates, and the request did not name its own.',
    zh: '该应用使用证书，而请求没有给出应用证书的序列号。',
  },
  'isv.missing-alipay-root-cert-sn': {
    en: 'The application works with certificates, and the request did not name Alipay’s root certificate.',
    zh: '该应用使用证书，而请求没有给出支付宝根证书的序列号。',
  },
  'isv.missing-encrypt-type': {
    en: 'The application expects encrypted content, and the request did not name a kind of encryption.',
    zh: '该应用要求内容加密，而请求没有写明加密方式。',
  },
  'isv.missing-encrypt-key': {
    en: 'The application has no content encryption key in the console.',
    zh: '该应用没有在控制台配置内容加密密钥。',
  },
  'isv.decryption-error-missing-encrypt-type': {
    en: 'Alipay could not decrypt the content, because no kind of encryption was named.',
    zh: '没有写明加密方式，支付宝无法解密内容。',
  },
  'isv.invalid-parameter': {
    en: 'A parameter of the request is not valid.',
    zh: '请求中有参数无效。',
  },
  'isv.upload-fail': {
    en: 'The file could not be uploaded.',
    zh: '文件上传失败。',
  },
  'isv.invalid-file-extension': {
    en: 'Files of this kind are not accepted.',
    zh: '不接受这种类型的文件。',
  },
  'isv.invalid-file-size': {
    en: 'The file is too large.',
    zh: '文件过大。',
  },
  'isv.invalid-method': {
    en: 'Alipay knows no operation of this name.',
    zh: '支付宝没有这个名称的操作。',
  },
  'isv.invalid-format': {
    en: 'The format named in the request is not one Alipay knows.',
    zh: '请求中写明的数据格式不受支持。',
  },
  'isv.invalid-signature-type': {
    en: 'The way the request was signed does not fit what the console says for this application.',
    zh: '请求的签名方式与控制台中该应用的设置不符。',
  },
  'isv.invalid-signature': {
    en: 'The signature does not fit: this private key does not belong to the key or certificate uploaded for the application.',
    zh: '签名不符：此私钥与该应用上传的公钥或证书不成对。',
  },
  'isv.invalid-token': {
    en: 'The token in the request is not valid.',
    zh: '请求中的令牌无效。',
  },
  'isv.invalid-encrypt-type': {
    en: 'The kind of encryption named in the request is not one Alipay knows.',
    zh: '请求中写明的加密方式不受支持。',
  },
  'isv.invalid-encrypt': {
    en: 'Alipay could not decrypt the content of the request.',
    zh: '支付宝无法解密请求内容。',
  },
  'isv.invalid-app-id': {
    en: 'Alipay knows no application with this id in this environment.',
    zh: '支付宝在此环境中没有这个 ID 的应用。',
  },
  'isv.invalid-timestamp': {
    en: 'The time in the request is not one Alipay accepts.',
    zh: '支付宝不接受请求中的时间。',
  },
  'isv.invalid-charset': {
    en: 'The character set named in the request is not one Alipay knows.',
    zh: '请求中写明的字符集不受支持。',
  },
  'isv.invalid-digest': {
    en: 'The digest in the request does not fit its content.',
    zh: '请求中的摘要与内容不符。',
  },
  'isv.decryption-error-not-valid-encrypt-type': {
    en: 'Alipay could not decrypt the content: the kind of encryption does not fit the application.',
    zh: '支付宝无法解密内容：加密方式与该应用的设置不符。',
  },
  'isv.decryption-error-not-valid-encrypt-key': {
    en: 'Alipay could not decrypt the content: the encryption key does not fit the application.',
    zh: '支付宝无法解密内容：加密密钥与该应用的设置不符。',
  },
  'isv.not-support-app-auth': {
    en: 'This operation cannot be done on behalf of another merchant.',
    zh: '此操作不能代其他商户执行。',
  },
  'isv.suspected-attack': {
    en: 'A value looks like an attack to Alipay, for example because it contains the name of a payment parameter.',
    zh: '某个值被支付宝视为攻击，例如其中含有支付参数的名称。',
  },
  'isv.forbidden-api': {
    en: 'The application may not use this operation.',
    zh: '该应用不能使用此操作。',
  },
  'isv.illegal-json': {
    en: 'The content of the request is not well-formed.',
    zh: '请求内容的格式不正确。',
  },
  'app-cert-expired': {
    en: 'The application’s certificate has expired.',
    zh: '应用证书已过期。',
  },
  'not-online-app': {
    en: 'The application is not online.',
    zh: '该应用尚未上线。',
  },
  'invalid-openid': {
    en: 'The open id does not belong to a user of this application.',
    zh: '该 open_id 不属于此应用的用户。',
  },
  'invalid-content-type': {
    en: 'The request has a content type that Alipay does not accept.',
    zh: '支付宝不接受该请求的内容类型。',
  },
  'isv.invalid-alipay-root-cert-sn': {
    en: 'Alipay does not know the root certificate named in the request.',
    zh: '支付宝不认识请求中给出的根证书。',
  },
  'isv.app-cert-not-exist': {
    en: 'The application certificate named in the request is not the one in the console.',
    zh: '请求中给出的应用证书在控制台中不存在。',
  },
  'isv.alipay-cert-not-exist': {
    en: 'Alipay has no certificate of its own for this application.',
    zh: '支付宝没有为该应用签发支付宝证书。',
  },
  'invalid-auth-relations': {
    en: 'There is no valid authorization between the user or merchant and this application.',
    zh: '用户或商户与此应用之间没有有效的授权关系。',
  },
  'isv.missing-signature-config': {
    en: 'Neither a key nor a certificate has been set up for the application in the console.',
    zh: '该应用没有在控制台设置密钥或证书。',
  },
  'isv.invalid-app-state': {
    en: 'The application is not in a state in which it may be used.',
    zh: '该应用当前的状态不可用。',
  },
  'isv.decryption-error-unknown': {
    en: 'Alipay could not decrypt the content of the request and does not say why.',
    zh: '支付宝无法解密请求内容，原因不明。',
  },
  'isv.app-call-limited': {
    en: 'The application is calling Alipay too often.',
    zh: '该应用调用支付宝过于频繁。',
  },
  'isv.method-call-limited': {
    en: 'This operation is being called too often.',
    zh: '此操作被调用得过于频繁。',
  },
  'isv.insufficient-isv-permissions': {
    en: 'The application has no permission for this operation.',
    zh: '该应用没有此操作的权限。',
  },
  'isv.insufficient-user-permissions': {
    en: 'The user has not agreed to this operation.',
    zh: '用户没有同意此操作。',
  },
  'isv.self-invoke-forbidden': {
    en: 'The application may not call this operation for its own account.',
    zh: '该应用不能为自己的账户调用此操作。',
  },
  'isv.invalid-cloud-app-permission': {
    en: 'The key in use is restricted and does not allow this operation.',
    zh: '所用的密钥受限，不允许此操作。',
  },
  'isv.invalid-open-scene-api-permission': {
    en: 'The key in use is restricted and does not allow this operation in this scene.',
    zh: '所用的密钥受限，不允许在此场景中执行此操作。',
  },
} as const satisfies Record<string, Bilingual>;
