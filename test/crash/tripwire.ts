/** Where a process is to die: before the nth call of a port's method, or after it has come back. */
export interface KillPoint {
  /** Port and method: `ledger.redeem`, `transport.trade.refund`, `vault.store(ledger-head)`, `clock.now`. */
  readonly call: string;
  readonly nth: number;
  readonly when: 'before' | 'after';
}

type Call = (...args: unknown[]) => unknown;

/** Stands around the ports that a guard is handed, counts their calls, and kills its own process at one of them. */
export class Tripwire {
  readonly #point: KillPoint | undefined;
  readonly #counts = new Map<string, number>();
  /** Every call so far, in order: `ledger.redeem #1`. */
  readonly passed: string[] = [];
  /** How often each call came back, without an error. */
  readonly returned = new Map<string, number>();

  constructor(point: KillPoint | undefined) {
    this.#point = point;
  }

  /** Makes one call. What is asynchronous has come back when it has resolved. */
  around<T>(call: string, work: () => T): T {
    const nth = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, nth);
    this.passed.push(`${call} #${nth}`);
    const dieIf = (when: KillPoint['when']): void => {
      const point = this.#point;
      if (point?.call === call && point.nth === nth && point.when === when) process.kill(process.pid, 'SIGKILL');
    };
    dieIf('before');
    const back = (): void => {
      this.returned.set(call, (this.returned.get(call) ?? 0) + 1);
      dieIf('after');
    };
    const result = work();
    if (result instanceof Promise) {
      return result.then((value: unknown) => {
        back();
        return value;
      }) as T;
    }
    back();
    return result;
  }

  /** The same port, each method of which goes through here. @param label what a call says beside its method's name */
  port<T extends object>(name: string, target: T, label: (method: string, args: unknown[]) => string = () => ''): T {
    return new Proxy(target, {
      get: (_target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function' || typeof key !== 'string') return value;
        return (...args: unknown[]) =>
          this.around(`${name}.${key}${label(key, args)}`, () => (value as Call).apply(target, args));
      },
    });
  }
}
