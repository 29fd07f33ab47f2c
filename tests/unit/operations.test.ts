import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, GraphQLError, parse, validate } from 'graphql';
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

test('every query and mutation has a document', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
  const documents = new Set(files.map((file) => file.replace('.graphql', '').replaceAll('-', '')));
  expect(fields.filter((field) => !documents.has(field.toLowerCase()))).toEqual([]);
});
