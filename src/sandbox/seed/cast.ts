import type { Person } from '../world/people.ts';

/** The demo people. They buy, they are paid, they sign in; their names are checked in transfers. */
export const CAST: readonly Person[] = [
  person(1001, '13800001001', '张小满', '小满', '浙江省', '杭州市', 'F'),
  person(1002, 'li.wei@sandbox.example', '李伟', '伟哥', '上海市', '上海市', 'M'),
  person(1003, '13800001003', '王芳', '芳芳', '广东省', '深圳市', 'F'),
  person(1004, 'chen.jing@sandbox.example', '陈静', null, null, null, null),
  person(1005, '13800001005', '刘洋', '洋洋', '四川省', '成都市', 'M'),
  person(1006, 'zhao.lei@sandbox.example', '赵磊', '石头', '北京市', '北京市', 'M'),
];

/** What the demo shop sells, and for how much at least and at most (fen). */
export const GOODS: readonly (readonly [subject: string, min: number, max: number])[] = [
  ['咖啡豆 500g', 5_800, 12_800],
  ['手冲壶', 12_900, 29_900],
  ['Premium Subscription', 9_900, 29_900],
  ['滤纸 100 张', 1_580, 2_880],
  ['磨豆机', 29_900, 89_900],
  ['门店饮品', 1_800, 6_800],
];

function person(
  number: number,
  logonId: string,
  name: string,
  nickName: string | null,
  province: string | null,
  city: string | null,
  gender: string | null,
): Person {
  const userId = `208862100000${number}`;
  return { user_id: userId, logon_id: logonId, name, nick_name: nickName, province, city, gender, known: 1 };
}
