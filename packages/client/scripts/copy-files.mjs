// What the compiler does not write: the schema of the service, for code generators of apps, and the style sheet of <SignIn/>.
import { copyFileSync, writeFileSync } from 'node:fs';

const here = (path) => new URL(path, import.meta.url);
copyFileSync(here('../../../schema/schema.graphql'), here('../dist/schema.graphql'));
for (const name of ['possible-types.json', 'introspection.json'])
  copyFileSync(here(`../../../schema/generated/${name}`), here(`../dist/${name}`));
copyFileSync(here('../src/sign-in.css'), here('../dist/sign-in.css'));
// For `import '@latchkey/client/sign-in.css'`, which bundlers know and TypeScript does not.
writeFileSync(here('../dist/sign-in.css.d.ts'), 'export {};\n');
