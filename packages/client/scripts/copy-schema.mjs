// The schema, for code generators of apps, comes from the service.
import { copyFileSync } from 'node:fs';

const here = (path) => new URL(path, import.meta.url);
copyFileSync(here('../../../schema/schema.graphql'), here('../dist/schema.graphql'));
for (const name of ['possible-types.json', 'introspection.json'])
  copyFileSync(here(`../../../schema/generated/${name}`), here(`../dist/${name}`));
