// Writes docs/api.md from schema/schema.graphql: every operation with its outcomes, then the types they use.
import { readFileSync, writeFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const roots = new Map([
  ['Queries', schema.getQueryType()],
  ['Mutations', schema.getMutationType()],
]);
const byName = (one, other) => (one.name < other.name ? -1 : 1);
const types = Object.values(schema.getTypeMap())
  .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type) && ![...roots.values()].includes(type))
  .sort(byName);

const cell = (text) =>
  (text ?? '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
const paragraph = (text) => (text ? ['', (text ?? '').trim().replaceAll('<', '&lt;')] : []);
/** GitHub numbers a heading that occurs a second time in other capitals, as the type User after the query user. */
const operations = new Set(
  [...roots.values()].flatMap((root) => Object.keys(root.getFields())).map((name) => name.toLowerCase()),
);
const anchor = (name) => (operations.has(name.toLowerCase()) ? `${name.toLowerCase()}-1` : name.toLowerCase());
const link = (type) => {
  const { name } = getNamedType(type);
  const text = `\`${type}\``;
  return isSpecifiedScalarType(getNamedType(type)) ? text : `[${text}](#${anchor(name)})`;
};
const deprecation = ({ deprecationReason }) => (deprecationReason ? ` **Deprecated:** ${deprecationReason}` : '');

function table(heading, rows) {
  return rows.length === 0 ? [] : ['', `| ${heading.join(' | ')} |`, `|${'---|'.repeat(heading.length)}`, ...rows];
}

const fieldRows = (fields) =>
  fields.map(
    (field) => `| \`${field.name}\` | ${link(field.type)} | ${cell(field.description)}${deprecation(field)} |`,
  );

function printOperation(field) {
  const result = getNamedType(field.type);
  const outcomes = isUnionType(result) ? result.getTypes() : [];
  return [
    '',
    `### ${field.name}`,
    ...paragraph(field.description),
    ...table(['argument', 'type', 'meaning'], fieldRows(field.args)),
    '',
    `Returns ${link(field.type)}.${outcomes.length > 0 ? ' Outcomes:' : ''}`,
    ...(outcomes.length > 0 ? [''] : []),
    ...outcomes.map((outcome) => `- ${link(outcome)}: ${cell(outcome.description)}`),
    ...(isUnionType(result) ? paragraph(result.description) : []),
  ];
}

function printType(type) {
  const start = ['', `### ${type.name}`, ...paragraph(type.description)];
  if (isEnumType(type))
    return [
      ...start,
      ...table(
        ['value', 'meaning'],
        type.getValues().map((value) => `| \`${value.name}\` | ${cell(value.description)}${deprecation(value)} |`),
      ),
    ];
  if (isUnionType(type)) return [...start, '', `One of ${type.getTypes().map(link).join(', ')}.`];
  return [...start, ...table(['field', 'type', 'meaning'], fieldRows(Object.values(type.getFields?.() ?? {})))];
}

/** Types that callers meet in this order: what they send, what they get, and the values of fields. */
const GROUPS = [
  ['Inputs', isInputObjectType],
  ['Outcomes and objects', (type) => isObjectType(type) || isInterfaceType(type)],
  ['Unions', isUnionType],
  ['Enums', isEnumType],
  ['Scalars', isScalarType],
];

const lines = [
  '# API reference',
  '',
  'Every operation with its arguments and outcomes. [Outcomes and errors](outcomes.md) says what a client does with each;',
  '[schema/operations](../schema/operations) has a document for each operation.',
  '',
  '<!-- Generated from schema/schema.graphql by npm run generate. -->',
  ...[...roots].flatMap(([title, root]) => [
    '',
    `## ${title}`,
    ...Object.values(root.getFields()).sort(byName).flatMap(printOperation),
  ]),
  ...GROUPS.flatMap(([title, belongs]) => ['', `## ${title}`, ...types.filter(belongs).flatMap(printType)]),
];
writeFileSync('docs/api.md', `${lines.join('\n')}\n`);
