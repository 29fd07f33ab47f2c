// Appends to each document in schema/operations the fragments that it uses, so that each works when pasted alone. Writes
// the operations of users to one more document, with each fragment once: Apollo Kotlin and Apollo iOS need that.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'graphql';
import { MARK, readFragments, usedFragments } from './operations/documents.mjs';
import { isForUsers } from './operations/for-users.mjs';

const OPERATIONS = 'schema/operations';
const APPS = 'schema/generated/operations-of-apps.graphql';

const fragments = readFragments();
const forApps = [];

for (const name of readdirSync(OPERATIONS)) {
  const file = `${OPERATIONS}/${name}`;
  const [written] = readFileSync(file, 'utf8').split(MARK);
  const used = usedFragments(written, fragments);
  writeFileSync(file, used.length === 0 ? written : `${written}${MARK}${used.join('\n\n')}\n`);

  const [{ operation, selectionSet }] = parse(written).definitions;
  const field = selectionSet.selections[0].name.value;
  if (isForUsers(operation, field)) forApps.push(written.trim());
}

const parts = [
  `# By npm run generate, from ${OPERATIONS}.`,
  ...forApps,
  ...usedFragments(forApps.join('\n'), fragments),
];
writeFileSync(APPS, `${parts.join('\n\n')}\n`);
