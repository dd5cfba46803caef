import { join } from 'node:path';
import { describeInside } from './support/inside.ts';
import { packProduct } from './support/product.ts';

describeInside('a suite in the extension host', {
  name: 'inside',
  files: [join(import.meta.dirname, 'inside/product.inside.ts')],
  extensions: () => [packProduct()],
});
