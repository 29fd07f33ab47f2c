import type { CodegenConfig } from '@graphql-codegen/cli';

const scalars = { DateTime: 'string', JSONObject: 'Record<string, unknown>' };
const CLIENT = 'packages/client/src/generated/';

/** Typed documents for schema/operations, so that an outdated operation breaks the build. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'schema/operations/*.graphql',
  ignoreNoDocuments: false,
  emitLegacyCommonJSImports: false,
  generates: {
    // For the tests.
    'schema/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { documentMode: 'string', useTypeImports: true, enumsAsTypes: true, scalars },
    },
    // For @latchkey/client. The types stand apart, because those of the documents need a package.
    [`${CLIENT}types.ts`]: {
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
      plugins: [{ add: { content: "import type * as Types from './types.ts';" } }, 'typed-document-node'],
      config: { importOperationTypesFrom: 'Types', useTypeImports: true, optimizeDocumentNode: true },
    },
  },
};

export default config;
