/** Who is who in every sandbox. Ids have the platform's shapes: app ids 16 digits, accounts `2088` and 12 digits. */

/** The app in key mode. Transfers are allowed there, which the platform would refuse: noted in the journal. */
export const KEY_APP_ID = '9021000100000001';
/** The app in certificate mode, as strict as the platform. */
export const CERT_APP_ID = '9021000100000002';
/** The merchant both apps belong to; further apps may have merchants of their own. */
export const MERCHANT_ID = '2088621000000018';
export const MERCHANT_EMAIL = 'merchant@sandbox.example';
export const MERCHANT_NAME = '沙箱商户';

/** How bills name the account of a merchant. */
export function billAccountOf(merchantId: string): string {
  return `${merchantId}0156`;
}
