import { redact } from './redactor.ts';

/** The part of VS Code's `LogOutputChannel` the log uses. */
export interface LogChannel {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The one way into the log: everything goes through the redactor. */
export class Log {
  readonly #channel: LogChannel;

  constructor(channel: LogChannel) {
    this.#channel = channel;
  }

  info(message: string): void {
    this.#channel.info(redact(message));
  }

  warn(message: string): void {
    this.#channel.warn(redact(message));
  }

  /** @param fault its name, words and where it happened are written, redacted. */
  error(message: string, fault?: unknown): void {
    this.#channel.error(redact(fault === undefined ? message : `${message}\n${describe(fault)}`));
  }
}

function describe(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const cause = fault.cause === undefined ? '' : `\n${describe(fault.cause)}`;
  return `${fault.stack ?? `${fault.name}: ${fault.message}`}${cause}`;
}
