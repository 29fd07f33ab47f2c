import { createFolders, createVariables } from './requests.mjs';
import { keepTokens } from './scripts.mjs';

const toId = (name) => name.toLowerCase().replaceAll(' ', '-');

const toWindow = ({ name, query, variables }) => ({
  version: 1,
  type: 'window',
  id: toId(name),
  windowName: name,
  apiUrl: '{{url}}/graphql',
  query,
  variables: JSON.stringify(variables, null, 2),
  headers: [{ key: 'authorization', value: 'Bearer {{accessToken}}', enabled: true }],
  subscriptionUrl: '',
  // The third argument keeps the value in the active environment.
  postRequestScript: `const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n${keepTokens('set', 'altair.response.body')}`,
  postRequestScriptEnabled: true,
});

/** An Altair collection, and the environment that it needs. */
export function createAltairCollection() {
  const collection = {
    version: 1,
    type: 'collection',
    id: 'latchkey',
    title: 'Latchkey',
    queries: [],
    collections: createFolders().map(({ name, about, requests }) => ({
      id: toId(name),
      title: name,
      description: about,
      queries: requests.map(toWindow),
      collections: [],
    })),
  };
  const environment = {
    version: 1,
    type: 'environment',
    id: 'latchkey-local',
    title: 'Latchkey local',
    variables: createVariables(),
  };
  return { collection, environment };
}
