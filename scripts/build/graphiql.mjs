import { readDocument } from '../operations/documents.mjs';
import { createTabs } from '../operations/tabs.mjs';
import { bundle } from './bundle.mjs';
import { at } from './places.mjs';

/** Provides the documents of schema/operations to the page. */
const operations = {
  name: 'operations',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^latchkey:operations$/ }, ({ path }) => ({ path, namespace: 'latchkey' }));
    onLoad({ filter: /.*/, namespace: 'latchkey' }, () => {
      const tabs = createTabs().map((tab) => ({ ...tab, variables: JSON.stringify(tab.variables, null, 2) }));
      return {
        contents: JSON.stringify({ tabs, refreshDocument: readDocument('refresh').text }),
        loader: 'json',
      };
    });
  },
};

/** Bundles GraphiQL into assets/graphiql/, so that the server can serve it without internet access. */
export const graphiql = {
  name: 'graphiql',
  makes: 'GraphiQL',
  folders: ['scripts/graphiql', 'scripts/operations', 'schema/operations'],
  async build() {
    const inputs = await bundle({
      entryPoints: { graphiql: at('scripts/graphiql/page.jsx') },
      outdir: at('assets/graphiql'),
      format: 'iife',
      jsx: 'automatic',
      alias: { 'react-style-singleton': at('scripts/graphiql/style-singleton.js') },
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [operations],
    });
    const data = ['schema/examples.json', 'schema/fragments.graphql'].map(at);
    const outputs = ['graphiql.js', 'graphiql.css'].map((file) => at(`assets/graphiql/${file}`));
    return { inputs: [...inputs, ...data], outputs };
  },
};
