import { fileURLToPath } from 'node:url';
import type * as Core from '@apollo/client/core';
import type * as Entry from '@latchkey/client/apollo';
import { build } from 'esbuild';

export type ApolloVersion = typeof Core & typeof Entry;

/** Bundles Apollo Client and @latchkey/client/apollo together. @param name of the package of a version */
export async function loadApollo(name: string): Promise<ApolloVersion> {
  const { outputFiles } = await build({
    stdin: {
      contents: "export * from '@apollo/client/core'; export * from './packages/client/src/apollo.ts';",
      resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    write: false,
    conditions: ['development'],
    alias: name === '@apollo/client' ? {} : { '@apollo/client': name },
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  });
  const { text = '' } = outputFiles[0] ?? {};
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}
