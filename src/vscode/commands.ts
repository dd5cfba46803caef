import * as vscode from 'vscode';
import { ProductError } from '../alipay/errors.ts';
import { t } from '../text/index.ts';
import type { Log } from './log/log.ts';
import { lockEverything, unlockEverything } from './emergency.ts';
import { addProfile } from './profiles/add-profile.ts';
import { sayRefusal, type Desk } from './profiles/desk.ts';
import type { ProfileStore } from './profiles/profile-store.ts';
import { removeProfile } from './profiles/remove-profile.ts';
import { reviewLock } from './profiles/review-lock.ts';
import { rotateKey } from './profiles/rotate-key.ts';
import { setLevel } from './profiles/set-level.ts';
import { setScene } from './profiles/set-scene.ts';
import { showActiveProfile } from './profiles/status.ts';
import { switchProfile } from './profiles/switch-profile.ts';
import type { Ui } from './ui/ui.ts';

/** The commands about the ledger, by the names of their functions. */
export type AuditCommand = 'showTrail' | 'verifyTrail' | 'exportTrail' | 'resolveByHand' | 'reviewLedger';

export interface CommandParts {
  readonly ui: Ui;
  readonly log: Log;
  readonly store: ProfileStore;
  /** Loaded with the first command that needs it. */
  readonly desk: () => Promise<Desk>;
  readonly runTool: () => Promise<void>;
  /** Runs what the editor's heavy half knows about the ledger. */
  readonly audit: (command: AuditCommand) => Promise<void>;
  readonly showLog: () => void;
}

/**
 * Registers every command there is. None takes an argument and none approves anything: they open VS Code's own
 * questions, which a person answers.
 */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const withDesk = (command: (desk: Desk) => Promise<void>) => async () => command(await parts.desk());
  const commands: Readonly<Record<string, () => Promise<void> | void>> = {
    'alipay.addProfile': withDesk(addProfile),
    'alipay.switchProfile': withDesk(switchProfile),
    'alipay.rotateKey': withDesk(rotateKey),
    'alipay.removeProfile': withDesk(removeProfile),
    'alipay.setLevel': withDesk(setLevel),
    'alipay.setScene': withDesk(setScene),
    'alipay.reviewLock': async () => {
      const { lock } = await parts.store.load();
      await (lock ? reviewLock(await parts.desk()) : parts.audit('reviewLedger'));
    },
    'alipay.showAuditTrail': () => parts.audit('showTrail'),
    'alipay.verifyAuditTrail': () => parts.audit('verifyTrail'),
    'alipay.exportAuditTrail': () => parts.audit('exportTrail'),
    'alipay.resolveByHand': () => parts.audit('resolveByHand'),
    'alipay.lock': () => lockEverything(parts),
    'alipay.unlock': () => unlockEverything(parts),
    'alipay.showActiveProfile': withDesk(showActiveProfile),
    'alipay.runTool': () => parts.runTool(),
    'alipay.showLog': () => parts.showLog(),
  };
  const registered = Object.entries(commands).map(([id, command]) =>
    vscode.commands.registerCommand(id, () => attempt(parts, id, command)),
  );
  return vscode.Disposable.from(...registered);
}

/** Runs a command; a refusal is said, a fault of ours goes to the log. */
async function attempt({ ui, log }: CommandParts, id: string, command: () => Promise<void> | void): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (error instanceof ProductError) return sayRefusal(ui, error);
    log.error(id, error);
    await ui.warn(t(ui.locale, 'command.failed'));
  }
}
