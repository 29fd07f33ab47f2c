// Writes the collections for Postman, Bruno and Altair from schema/operations and schema/examples.json.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAltairCollection } from './collections/altair.mjs';
import { createBrunoCollection } from './collections/bruno.mjs';
import { createPostmanCollection } from './collections/postman.mjs';

const DIRECTORY = 'schema/collections';
rmSync(DIRECTORY, { recursive: true, force: true });

function write(path, text) {
  const file = join(DIRECTORY, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const toText = (value) => `${JSON.stringify(value, null, 2)}\n`;

const { collection, environment } = createAltairCollection();
write('latchkey.postman_collection.json', toText(createPostmanCollection()));
write('latchkey.agc', toText(collection));
write('latchkey.agx', toText(environment));
for (const [path, text] of createBrunoCollection()) write(`bruno/${path}`, text);
