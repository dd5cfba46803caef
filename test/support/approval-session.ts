import { ApprovalSession, type Place, type Receipt } from '../../src/vscode/approval/session.ts';
import { StillClock } from './still-clock.ts';

export const DIGEST = 'd'.repeat(64);
export const FRONT: Place = { visible: true, active: true };
export const LIFE = 300_000;

/** A session on a clock that stands still, with the moves a page can make. */
export function start(typedAmount?: string) {
  const clock = new StillClock();
  let made = 0;
  const newToken = (): string => `token-${(made += 1)}`;
  const request = { digest: DIGEST, expiresAt: clock.wall + LIFE };
  const session = new ApprovalSession({ request, typedAmount, clock, newToken }, true);
  const pass = (ms: number): void => {
    clock.mono += ms;
    clock.wall += ms;
  };
  const approve = (token: string, more: object = {}, place = FRONT): Receipt =>
    session.receive({ type: 'approve', token, digest: DIGEST, ...more }, place);
  const beat = (token: string): Receipt => session.receive({ type: 'heartbeat', token }, FRONT);
  const shown = (): string => {
    const token = session.show();
    beat(token);
    pass(1_000);
    return token;
  };
  return { clock, session, pass, approve, beat, shown };
}
