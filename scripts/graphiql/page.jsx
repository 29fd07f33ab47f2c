import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import * as operations from 'latchkey:operations';
import { createRoot } from 'react-dom/client';
import { createAccounts } from './accounts.js';
import { Bar } from './bar.jsx';
import './page.css';
import { createNames } from '../../web/shared/prefix.ts';
import { fillEmpty, narrowRequest } from './request.js';
import { createStorage } from './storage.js';

const bar = document.getElementById('bar');
const listeners = new Set();
const names = createNames(bar.dataset.prefix);
const tabs = operations.tabs.map((tab) => ({ ...tab, query: names.inDocument(tab.query) }));

const accounts = createAccounts({
  refreshDocument: operations.refreshDocument,
  names,
  changed: () => {
    for (const listener of listeners) listener();
  },
  /** Sends cookies, so that the COOKIE transport works here, too. */
  async send(request, headers) {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      credentials: 'same-origin',
      body: JSON.stringify(request),
    });
    return response.json();
  },
});

async function fetcher(request, { headers = {} } = {}) {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const { variables, ...narrowed } = narrowRequest(request);
  const known = {
    challengeId: accounts.challenge(),
    refreshToken: accounts.current()?.refreshToken,
    token: accounts.current()?.accessToken,
  };
  return accounts.sendAsCurrent({ ...narrowed, variables: fillEmpty(variables, known) }, own);
}

const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={fetcher}
    storage={createStorage(tabs)}
    defaultQuery="# Place the cursor in an operation and press Ctrl-Enter (Cmd-Enter on a Mac) to run it.\n"
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
  >
    <Bar place={bar} links={JSON.parse(bar.dataset.links)} tabs={tabs} accounts={accounts} subscribe={subscribe} />
  </GraphiQL>,
);
