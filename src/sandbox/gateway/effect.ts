import type { HttpRequest, Reply } from '../doors/http.ts';
import type { AnswerFields, AnswerMethod, Call, Method } from '../methods/method.ts';
import { refusalFields, type Refusal } from '../refusals.ts';
import { isSettled, settleByClock } from '../world/trades.ts';
import type { World } from '../world/world.ts';
import type { Registry } from './apps.ts';
import type { ArmedFault, FaultBox } from './faults.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { Signer } from './signer.ts';

/** What the gateway is made of, in both of its protocols. */
export interface GatewayParts {
  readonly world: World;
  readonly registry: Registry;
  readonly signer: Signer;
  readonly faults: FaultBox;
  readonly journal: Journal;
  readonly origin: string;
  /** Called after an effect, since it may have left notifications to send. */
  readonly afterEffect: () => void;
  /** How a browser is told that its request was refused. */
  readonly refusePage: (request: HttpRequest, refusal: Refusal) => Reply;
}

/** Takes the fault that breaks this request; a jump of the clock happens here, before anything is checked. */
export function takeFault(
  parts: GatewayParts,
  entry: JournalEntry,
  method: string | undefined,
): ArmedFault | undefined {
  const fault = parts.faults.take(method);
  entry.fault = fault?.fault;
  if (fault?.fault === 'clock-jump') {
    parts.world.moveClock(fault.ms);
    parts.afterEffect();
  }
  return fault;
}

/**
 * Runs a method, in one transaction where it may change something: its fields, where a browser goes on, or the error a fault puts in their place.
 *
 * @throws Refusal
 */
export function runMethod(
  parts: GatewayParts,
  method: AnswerMethod,
  call: Call,
  fault: ArmedFault | undefined,
): AnswerFields;
export function runMethod(
  parts: GatewayParts,
  method: Method,
  call: Call,
  fault: ArmedFault | undefined,
): AnswerFields | string;
export function runMethod(
  parts: GatewayParts,
  method: Method,
  call: Call,
  fault: ArmedFault | undefined,
): AnswerFields | string {
  if (fault?.fault === 'system-error-before') return systemError(method, fault);
  const effect = () => (method.kind === 'page' ? method.open(call) : method.run(call));
  const onlyReads = method.kind === 'answer' && method.reads && isSettled(parts.world);
  const made = onlyReads ? effect() : inTransaction(parts, effect);
  return fault?.fault === 'system-error-after' && typeof made !== 'string' ? systemError(method, fault) : made;
}

function inTransaction<Result>({ world, afterEffect }: GatewayParts, effect: () => Result): Result {
  const result = world.store.transaction(() => {
    settleByClock(world);
    return effect();
  });
  afterEffect();
  return result;
}

function systemError(method: Method, fault: ArmedFault): AnswerFields {
  return { ...refusalFields(fault.as === '20000' ? 'isp.unknow-error' : method.codes.systemError) };
}

/** Writes into the journal what a request was answered. */
export function noteCode(entry: JournalEntry, fields: object): void {
  const { code, sub_code: subCode } = fields as { code?: string; sub_code?: string };
  entry.code = code;
  entry.sub_code = subCode;
}
