// Appends to each document in schema/operations the fragments that it uses, so that each works when pasted alone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { MARK, readFragments, usedFragments } from './operations/documents.mjs';

const OPERATIONS = 'schema/operations';
const fragments = readFragments();

for (const name of readdirSync(OPERATIONS)) {
  const file = `${OPERATIONS}/${name}`;
  const [written] = readFileSync(file, 'utf8').split(MARK);
  const used = usedFragments(written, fragments);
  writeFileSync(file, used.length === 0 ? written : `${written}${MARK}${used.join('\n\n')}\n`);
}
