import { join } from 'node:path';
import { describeInside } from './support/inside.ts';
import { packVsix } from './support/vsix.ts';

describeInside('a suite in the extension host', {
  name: 'inside',
  files: [join(import.meta.dirname, 'inside/machinery.inside.ts')],
  extensions: () => [packVsix(join(import.meta.dirname, 'fixture'))],
});
