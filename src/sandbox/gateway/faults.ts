import { NOTIFICATION_FAULTS, type BentNotification, type NotificationFault } from '../world/notification-faults.ts';

/** How the gateway can be made to break; `before` and `after` say whether the request's effect has happened. */
export const FAULTS = [
  'delay',
  'drop-before',
  'drop-after',
  'system-error-before',
  'system-error-after',
  'bad-signature',
  'unsigned',
  'garbage',
  'http-500',
  'http-500-after',
  'truncated',
  'wrong-cert-sn',
  'clock-skew',
  'clock-jump',
  ...NOTIFICATION_FAULTS,
] as const;

export type FaultName = (typeof FAULTS)[number];

/** A fault waiting for the next `count` requests of a method. */
export interface ArmedFault {
  readonly id: number;
  /** A method's name, or `*` for any. */
  readonly method: string;
  readonly fault: FaultName;
  /** How many more requests it breaks. */
  readonly count: number;
  /**
   * `delay`: how long to wait. `clock-skew`: how far the Date header is moved. `clock-jump`: how far virtual time is.
   * `late-notification`, `out-of-order-notification`: how long it is held back at most, in virtual ms.
   */
  readonly ms: number;
  /** `system-error-*`: a gateway error (20000 isp.unknow-error) or the method's own SYSTEM_ERROR (40004). */
  readonly as: '20000' | '40004';
}

/** The faults that are armed, oldest first; the oldest that fits a request breaks it. */
export class FaultBox {
  #armed: ArmedFault[] = [];
  #lastId = 0;

  arm(fault: Omit<ArmedFault, 'id'>): ArmedFault {
    this.#lastId += 1;
    const armed = { ...fault, id: this.#lastId };
    this.#armed.push(armed);
    return armed;
  }

  list(): readonly ArmedFault[] {
    return this.#armed;
  }

  /** Takes one back; false where none has this id. */
  disarm(id: number): boolean {
    const before = this.#armed.length;
    this.#armed = this.#armed.filter((fault) => fault.id !== id);
    return this.#armed.length < before;
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that breaks a request of this method; it counts as used. */
  take(method: string | undefined): ArmedFault | undefined {
    return this.#take(method, (fault) => !bendsNotification(fault));
  }

  /** The fault that bends the notification of an event this method caused; it counts as used. */
  takeForNotification(method: string): BentNotification | undefined {
    return this.#take(method, bendsNotification);
  }

  #take<Fault extends ArmedFault>(
    method: string | undefined,
    fits: (fault: ArmedFault) => fault is Fault,
  ): Fault | undefined;
  #take(method: string | undefined, fits: (fault: ArmedFault) => boolean): ArmedFault | undefined;
  #take(method: string | undefined, fits: (fault: ArmedFault) => boolean): ArmedFault | undefined {
    const found = this.#armed.find((fault) => (fault.method === '*' || fault.method === method) && fits(fault));
    if (!found) return undefined;
    this.#armed = this.#armed
      .map((fault) => (fault === found ? { ...fault, count: fault.count - 1 } : fault))
      .filter((fault) => fault.count > 0);
    return found;
  }
}

function bendsNotification(armed: ArmedFault): armed is ArmedFault & { readonly fault: NotificationFault } {
  return NOTIFICATION_FAULTS.some((fault) => fault === armed.fault);
}
