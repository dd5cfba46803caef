/** Run as a process: holds the local sandbox of a folder as another window does, and tells what its vault holds then. */
import { systemClock } from '../../src/alipay/clock.ts';
import { sandboxMaker } from '../../src/sandbox-maker.ts';
import { LocalSandbox } from '../../src/vscode/local-sandbox/local-sandbox.ts';
import { Vault } from '../../src/vscode/vault.ts';
import { FakeSecrets } from './secrets.ts';

const secrets = new FakeSecrets();
const [folder = ''] = process.argv.slice(2);
const parts = { folder, vault: new Vault(secrets), maker: sandboxMaker, clock: systemClock, onNewKeys: () => {} };
await new LocalSandbox(parts).connect();
process.send?.([...secrets.values]);
process.once('disconnect', () => process.exit());
