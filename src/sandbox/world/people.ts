import { createHash } from 'node:crypto';
import { MERCHANT_ID } from '../identity.ts';
import { openAccount } from './accounts.ts';
import type { World } from './world.ts';

/** A person with an Alipay account, who buys, is paid, or signs in. */
export interface Person {
  readonly user_id: string;
  /** A phone number or an e-mail address. */
  readonly logon_id: string;
  readonly name: string;
  readonly nick_name: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly gender: string | null;
  /** 1 for demo people, whose names are checked; 0 for one made up because a request named them. */
  readonly known: number;
}

/** What buyers and merchants start with: 10,000,000.00 yuan, so that they can be made to run dry but do not by accident. */
const OPENING_FEN = 1_000_000_000;

const USER_ID = /^2088\d{12}$/;
const LOGON_ID = /^(?:1\d{10}|[^\s@]{1,64}@[^\s@]{1,60})$/;

/** The person with this user id, if there is one. */
export function personById(world: World, userId: string): Person | undefined {
  return world.store.get<Person>('SELECT * FROM users WHERE user_id = ?', userId);
}

/**
 * Whom an identity names. A well-formed one that nobody has yet gets a person of their own, except where it starts
 * with `nobody`: that is how a test asks for an account that does not exist.
 *
 * @param merchantId whose apps an open_id is of.
 */
export function findPerson(
  world: World,
  kind: 'user_id' | 'logon_id' | 'open_id',
  identity: string,
  merchantId = MERCHANT_ID,
): Person | undefined {
  if (kind === 'open_id') return people(world).find((person) => openIdOf(person.user_id, merchantId) === identity);
  const logonId = identity
    .trim()
    .toLowerCase()
    .replace(/^\+?86-?(?=1\d{10}$)/, '');
  const found = kind === 'user_id' ? personById(world, identity) : personByLogonId(world, logonId);
  if (found) return found;
  if (kind === 'user_id') {
    if (!USER_ID.test(identity) || isMerchant(world, identity)) return undefined;
    return invent(world, identity, `${identity}@sandbox.example`);
  }
  if (!LOGON_ID.test(logonId) || logonId.startsWith('nobody')) return undefined;
  return invent(world, inventedUserId(logonId), logonId);
}

/** Everyone, in the order they came. */
export function people(world: World): Person[] {
  return world.store.all<Person>('SELECT * FROM users ORDER BY rowid');
}

/** The buyer who scans and pays where nobody says who: the first demo person. */
export function defaultBuyer(world: World): Person {
  return (
    people(world).find((person) => person.known === 1) ?? invent(world, '2088621000001001', 'buyer@sandbox.example')
  );
}

/** Adds a person and opens their account at `at` (ms). */
export function addPerson(world: World, person: Person, at: number): void {
  world.store.insert('users', { ...person });
  openAccount(world, person.user_id, OPENING_FEN, at);
}

/** Opens the account of a merchant who has none yet, at `at` (ms). */
export function openMerchant(world: World, merchantId: string, at: number): void {
  if (!isMerchant(world, merchantId)) openAccount(world, merchantId, OPENING_FEN, at);
}

/** The id a user has at the apps of one merchant: as long and shapeless as the platform's, and another at each. */
export function openIdOf(userId: string, merchantId: string): string {
  return createHash('sha256').update(`open-id:${merchantId}:${userId}`).digest('base64url').slice(0, 40);
}

/** A login id as answers show it: `159****5620`, `zha***@example.com`. */
export function maskLogonId(logonId: string): string {
  const [local = '', host] = logonId.split('@');
  return host === undefined ? `${local.slice(0, 3)}****${local.slice(-4)}` : `${local.slice(0, 3)}***@${host}`;
}

/** A person as a bill shows them: `*杨(137****2600)`. */
export function maskPerson(person: Person): string {
  return `*${person.name.slice(1)}(${maskLogonId(person.logon_id)})`;
}

/** An account that is nobody's of the people is a merchant's. */
function isMerchant(world: World, id: string): boolean {
  const owns = world.store.get('SELECT owner FROM accounts WHERE owner = ?', id) !== undefined;
  return owns && personById(world, id) === undefined;
}

function personByLogonId(world: World, logonId: string): Person | undefined {
  return world.store.get<Person>('SELECT * FROM users WHERE logon_id = ?', logonId);
}

function invent(world: World, userId: string, logonId: string): Person {
  const person = { user_id: userId, logon_id: logonId, name: '沙箱用户', known: 0 };
  const whole: Person = { ...person, nick_name: null, province: null, city: null, gender: null };
  addPerson(world, whole, world.now());
  return whole;
}

function inventedUserId(logonId: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(logonId).digest('hex')}`).toString();
  return `2088${digits.slice(-12)}`;
}
