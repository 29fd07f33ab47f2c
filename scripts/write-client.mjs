// Writes what @latchkey/client and other code generators take from the schema: the operations of users as methods, the
// possible types of abstract types, and the result of an introspection.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  introspectionFromSchema,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  parse,
  print,
  stripIgnoredCharacters,
} from 'graphql';
import { readFragments, usedFragments } from './operations/documents.mjs';
import { accessTo, isForUsers } from './operations/for-users.mjs';

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));

/** The client does these itself, with what it keeps. */
const OWN = ['refresh', 'logout'];

const lowerFirst = (text) => text[0].toLowerCase() + text.slice(1);
const compact = (definition) => stripIgnoredCharacters(print(definition));
const definitionsOf = (file) => parse(readFileSync(file, 'utf8')).definitions;

/** How a method takes the variables: none, the input alone, or an object of them. */
function parameterOf({ variableDefinitions }, name) {
  if (variableDefinitions.length === 0) return { type: '', pass: 'none' };
  const isOptional = variableDefinitions.every(({ type, defaultValue }) => type.kind !== 'NonNullType' || defaultValue);
  const mark = isOptional ? '?' : '';
  const [{ variable, type }] = variableDefinitions;
  if (variableDefinitions.length > 1 || variable.name.value !== 'input')
    return { type: `variables${mark}: Types.${name}${kindOf[name]}Variables`, pass: 'variables' };
  const input = getNamedType(schema.getType(compact(type).replaceAll(/\W/g, '')));
  const isDelivered = isInputObjectType(input) && 'transport' in input.getFields();
  const inputType = isDelivered ? `WithoutTransport<Types.${input.name}>` : `Types.${input.name}`;
  return { type: `input${mark}: ${inputType}`, pass: 'input', isDelivered };
}

const kindOf = {};
const methods = readdirSync('schema/operations').flatMap((file) => {
  const definition = definitionsOf(`schema/operations/${file}`).find(({ kind }) => kind === 'OperationDefinition');
  const { operation, selectionSet } = definition;
  const field = selectionSet.selections[0].name.value;
  const name = definition.name.value;
  const method = lowerFirst(name);
  const who = accessTo(operation, field);
  kindOf[name] = operation === 'query' ? 'Query' : 'Mutation';
  if (!isForUsers(operation, field)) return [];
  const root = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
  const { description, type } = root.getFields()[field];
  const members = isAbstractType(getNamedType(type)) ? schema.getPossibleTypes(getNamedType(type)) : [];
  const changesSession = members.some(
    (member) =>
      ['LoggedOut', 'AccountDeleted'].includes(member.name) ||
      (isObjectType(member) && 'accessToken' in member.getFields()),
  );
  return [{ name, method, field, who, description, changesSession, definition, ...parameterOf(definition, name) }];
});

const ownTexts = methods
  .filter(({ method }) => OWN.includes(method))
  .map(({ method, definition }) => `  ${method}: '${compact(definition)}',`);
const operations = methods.filter(({ method }) => !OWN.includes(method));
const lines = operations.map(({ method, field, who, definition, changesSession, isDelivered, pass }) => {
  const facts = [
    `field: '${field}'`,
    `text: '${compact(definition)}'`,
    ...(pass === 'none' ? [] : [`pass: '${pass}'`]),
    ...(who === 'PUBLIC' ? ['isPublic: true'] : []),
    ...(changesSession ? ['changesSession: true'] : []),
    ...(isDelivered ? ['isDelivered: true'] : []),
  ];
  return `  ${method}: { ${facts.join(', ')} },`;
});
const signatures = operations.map(({ name, method, type, description }) => {
  return `${description ? `  /** ${description.replaceAll('\n', ' ')} */\n` : ''}  ${method}(${type}): Promise<${name}Result>;`;
});
const results = methods.map(
  ({ name, field }) => `export type ${name}Result = Types.${name}${kindOf[name]}['${field}'];`,
);
const documents = methods.map(({ definition }) => print(definition)).join('\n');
const fragments = usedFragments(documents, readFragments()).map((text) => {
  const [definition] = parse(text).definitions;
  return `  ${definition.name.value}: '${compact(definition)}',`;
});

writeFileSync(
  'packages/client/src/generated/operations.ts',
  `// Written by npm run generate, from schema/operations.
import type { Operation } from '../operation.ts';
import type * as Types from './types.ts';

export const FRAGMENTS: Readonly<Record<string, string>> = {
${fragments.join('\n')}
};

export const OPERATIONS = {
${lines.join('\n')}
} as const satisfies Readonly<Record<string, Operation>>;

/** What the client does with the tokens that it keeps. */
export const OWN_DOCUMENTS = {
${ownTexts.join('\n')}
};

/** The client chooses how tokens are delivered, and names the device if the input does not. */
type WithoutTransport<Input> = Omit<Input, 'transport'>;

/** The operations of the user of an app. */
export interface Operations {
${signatures.join('\n\n')}
}

${results.join('\n')}
`,
);

const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter((type) => isAbstractType(type) && !type.name.startsWith('__'))
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
writeFileSync('schema/generated/possible-types.json', json(possibleTypes));
writeFileSync('schema/generated/introspection.json', json(introspectionFromSchema(schema, { descriptions: false })));
writeFileSync(
  'packages/client/src/generated/possible-types.ts',
  `// Written by npm run generate.

/** The members of each union and interface, for the \`possibleTypes\` of Apollo Client's cache. */
export const possibleTypes: Record<string, string[]> = ${JSON.stringify(possibleTypes)};
`,
);
