import { createFolders, createVariables } from './requests.mjs';
import { keepCode, keepTokens, OUTBOX } from './scripts.mjs';

const SET = 'bru.setVar';
const BODY = 'res.getBody()';

const indent = (text) => text.trimEnd().replace(/^(?=.)/gm, '  ');
/** Of the Bru language: entries, or a text. */
const block = (name, content) =>
  `${name} {\n${indent(
    typeof content === 'string'
      ? content
      : Object.entries(content)
          .map(([key, value]) => `${key}: ${value}`)
          .join('\n'),
  )}\n}\n`;
const file = (...blocks) => blocks.filter((text) => text !== '').join('\n');
/** The language has no empty text. */
const docs = (about) => (about === '' ? '' : block('docs', about));

const request = ({ name, about, query, variables }, index) =>
  file(
    block('meta', { name, type: 'graphql', seq: index + 1 }),
    block('post', { url: '{{url}}/graphql', body: 'graphql', auth: 'inherit' }),
    block('headers', { accept: 'application/json' }),
    block('body:graphql', query),
    block('body:graphql:vars', JSON.stringify(variables, null, 2)),
    docs(about),
  );

const outbox = () =>
  file(
    block('meta', { name: OUTBOX.name, type: 'http', seq: 1 }),
    block('get', { url: `{{url}}${OUTBOX.path}`, body: 'none', auth: 'none' }),
    block('headers', OUTBOX.headers),
    block('script:post-response', keepCode(SET, BODY)),
    docs(OUTBOX.about),
  );

/** A Bruno collection: the texts of its files by path. It keeps tokens in runtime variables, which no file has. */
export function createBrunoCollection() {
  const files = new Map([
    ['bruno.json', `${JSON.stringify({ version: '1', name: 'Latchkey', type: 'collection', ignore: [] }, null, 2)}\n`],
    [
      'collection.bru',
      file(
        block('auth', { mode: 'bearer' }),
        block('auth:bearer', { token: '{{accessToken}}' }),
        block('script:post-response', keepTokens(SET, BODY)),
      ),
    ],
    ['environments/Local.bru', block('vars', createVariables())],
  ]);
  const folders = createFolders();
  for (const [index, { name, about, requests }] of folders.entries()) {
    files.set(`${name}/folder.bru`, file(block('meta', { name, seq: index + 1 }), docs(about)));
    for (const [place, one] of requests.entries()) files.set(`${name}/${one.name}.bru`, request(one, place));
  }
  files.set(`${OUTBOX.folder}/folder.bru`, block('meta', { name: OUTBOX.folder, seq: folders.length + 1 }));
  files.set(`${OUTBOX.folder}/${OUTBOX.name}.bru`, outbox());
  return files;
}
