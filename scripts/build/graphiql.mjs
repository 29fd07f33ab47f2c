import { bundle } from './bundle.mjs';
import { at } from './places.mjs';

/** Bundles GraphiQL into assets/graphiql/, so that the server can serve it without internet access. */
export const graphiql = {
  name: 'graphiql',
  makes: 'GraphiQL',
  folders: ['scripts/graphiql'],
  async build() {
    const inputs = await bundle({
      entryPoints: { graphiql: at('scripts/graphiql/page.jsx') },
      outdir: at('assets/graphiql'),
      format: 'iife',
      jsx: 'automatic',
      alias: { 'react-style-singleton': at('scripts/graphiql/style-singleton.js') },
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    return { inputs, outputs: ['graphiql.js', 'graphiql.css'].map((file) => at(`assets/graphiql/${file}`)) };
  },
};
