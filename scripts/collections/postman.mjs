import { createFolders, createVariables } from './requests.mjs';
import { keepCode, keepTokens, OUTBOX } from './scripts.mjs';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const script = (text) => ({ listen: 'test', script: { type: 'text/javascript', exec: text.split('\n') } });
const address = (...path) => ({ raw: ['{{url}}', ...path].join('/'), host: ['{{url}}'], path });

const toItem = ({ name, about, query, variables }) => ({
  name,
  request: {
    method: 'POST',
    description: about,
    header: [{ key: 'accept', value: 'application/json' }],
    url: address('graphql'),
    body: { mode: 'graphql', graphql: { query, variables: JSON.stringify(variables, null, 2) } },
  },
});

/** A collection in Postman's format 2.1. It keeps tokens in collection variables. */
export function createPostmanCollection() {
  const set = 'pm.collectionVariables.set';
  const outbox = {
    name: OUTBOX.name,
    event: [script(keepCode(set, 'pm.response.json()'))],
    request: {
      method: 'GET',
      description: OUTBOX.about,
      auth: { type: 'noauth' },
      header: Object.entries(OUTBOX.headers).map(([key, value]) => ({ key, value })),
      url: address(...OUTBOX.path.slice(1).split('/')),
    },
  };
  const folders = createFolders().map(({ name, about, requests }) => ({
    name,
    description: about,
    item: requests.map(toItem),
  }));
  return {
    info: {
      name: 'Latchkey',
      description: 'Every operation of the API. The tokens are kept in variables.',
      schema: SCHEMA,
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }] },
    event: [script(keepTokens(set, 'pm.response.json()'))],
    variable: Object.entries(createVariables()).map(([key, value]) => ({ key, value })),
    item: [...folders, { name: OUTBOX.folder, item: [outbox] }],
  };
}
