import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  buildSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../schema');
const schema = buildSchema(readFileSync(`${folder}/schema.graphql`, 'utf8'));
const files = readdirSync(`${folder}/operations`);
const read = (file: string) => readFileSync(`${folder}/operations/${file}`, 'utf8');

const check = (text: string): string[] => {
  try {
    return validate(schema, parse(text)).map(({ message }) => message);
  } catch (error) {
    return [error instanceof GraphQLError ? error.message : String(error)];
  }
};

test.each(files)('%s works when pasted alone into GraphiQL', (file) => {
  expect(check(read(file))).toEqual([]);
});

/** The fields that a selection set selects of objects of the type. */
function selectedFields(document: DocumentNode, set: SelectionSetNode, type: string): string[] {
  const isFragment = (name: string) => (definition: DocumentNode['definitions'][number]) =>
    definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name;
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [(node.alias ?? node.name).value];
    const fragment =
      node.kind === Kind.FRAGMENT_SPREAD
        ? (document.definitions.find(isFragment(node.name.value)) as FragmentDefinitionNode) // Validated above.
        : node;
    const condition = schema.getType(fragment.typeCondition?.name.value ?? type);
    const possible = isAbstractType(condition) ? schema.getPossibleTypes(condition) : [condition];
    return possible.some((one) => one?.name === type) ? selectedFields(document, fragment.selectionSet, type) : [];
  });
}

/** The types of which the text selects fields, but not their `id`. */
function typesWithoutId(text: string): string[] {
  const document = parse(text);
  const info = new TypeInfo(schema);
  const found: string[] = [];
  const visitor = {
    Field({ selectionSet }: { readonly selectionSet?: SelectionSetNode }) {
      const type = getNamedType(info.getType());
      if (!selectionSet || !type) return;
      for (const one of isAbstractType(type) ? schema.getPossibleTypes(type) : [type]) {
        const fields = selectedFields(document, selectionSet, one.name).filter((name) => name !== '__typename');
        const hasId = isObjectType(one) && 'id' in one.getFields();
        if (hasId && fields.length > 0 && !fields.includes('id')) found.push(one.name);
      }
    },
  };
  visit(document, visitWithTypeInfo(info, visitor));
  return found;
}

test.each(files)('%s selects the id of each object that has one, so that caches recognise it', (file) => {
  expect(typesWithoutId(read(file))).toEqual([]);
});

test('an operation that forgets an id is found', () => {
  expect(typesWithoutId('{ me { email sessions { id } } }')).toEqual(['User']);
  expect(typesWithoutId('{ me { ...U sessions { device } } } fragment U on User { id }')).toEqual(['Session']);
  expect(typesWithoutId('mutation { logout { ... on LoggedOut { sessionsEnded } } }')).toEqual([]);
  expect(typesWithoutId('{ node(id: "1") { ... on User { email } ... on Session { id } } }')).toEqual(['User']);
});

test('every query and mutation has a document', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
  const documents = new Set(files.map((file) => file.replace('.graphql', '').replaceAll('-', '')));
  expect(fields.filter((field) => !documents.has(field.toLowerCase()))).toEqual([]);
});
