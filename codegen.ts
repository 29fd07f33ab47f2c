import type { CodegenConfig } from '@graphql-codegen/cli';

const scalars = { DateTime: 'string', JSONObject: 'Record<string, unknown>' };
const CLIENT = 'packages/client/src/generated/';
const documents = 'schema/operations/*.graphql';
/** Documents as text, with their types. */
const texts = { documentMode: 'string', useTypeImports: true, enumsAsTypes: true, scalars } as const;

/** Typed documents for schema/operations, so that an outdated operation breaks the build. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  ignoreNoDocuments: false,
  emitLegacyCommonJSImports: false,
  generates: {
    // For the tests.
    'schema/generated/': {
      documents,
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: texts,
    },
    // For the account pages and the console.
    'web/generated/documents.ts': {
      documents: 'web/**/*.graphql',
      plugins: ['typescript', 'typescript-operations', 'typed-document-node'],
      config: { ...texts, onlyOperationTypes: true, pureMagicComment: true },
    },
    // For @latchkey/client. The types stand apart, because those of the documents need a package.
    [`${CLIENT}types.ts`]: {
      documents,
      plugins: ['typescript', 'typescript-operations'],
      config: {
        onlyOperationTypes: true,
        enumsAsTypes: true,
        skipTypename: true,
        inputMaybeValue: 'T | null | undefined',
        scalars,
      },
    },
    [`${CLIENT}documents.ts`]: {
      documents,
      plugins: [{ add: { content: "import type * as Types from './types.ts';" } }, 'typed-document-node'],
      config: { importOperationTypesFrom: 'Types', useTypeImports: true, optimizeDocumentNode: true },
    },
  },
};

export default config;
