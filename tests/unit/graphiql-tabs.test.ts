import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, parse, separateOperations, specifiedRules, validate } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { printSubgraphOf } from '../../src/http/federation/subgraph.ts';
import { limitsRule } from '../../src/http/limits.ts';
import { buildApiSchema } from '../../src/http/schema.ts';
import { createNames } from '../../web/shared/prefix.ts';
import { committedSchema, examples, importScript, operationsOf, variableProblems } from '../support/examples.ts';

interface Tab {
  name: string;
  query: string;
  variables: Record<string, unknown>;
}
interface Request {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string | undefined;
}

test('the examples contain every document of schema/operations once', () => {
  const folder = fileURLToPath(new URL('../../schema/operations', import.meta.url));
  const documents = readdirSync(folder).map((file) => file.replace('.graphql', ''));
  expect(examples.groups.flatMap(({ operations }) => Object.keys(operations)).sort()).toEqual(documents.sort());
});

describe('the tabs of GraphiQL', () => {
  let tabs: Tab[];
  let narrowRequest: (request: Request) => Request;
  let fillEmpty: (variables: object, known: Record<string, string | undefined>) => object;
  beforeAll(async () => {
    tabs = (await importScript('scripts/operations/tabs.mjs')).createTabs();
    ({ narrowRequest, fillEmpty } = await importScript('scripts/graphiql/request.js'));
  });

  test('are valid, also by the limits of the service, with their variables', () => {
    expect(tabs.map(({ name }) => name)).toEqual(examples.groups.map(({ name }) => name));
    for (const { name, query, variables } of tabs) {
      expect([name, validate(committedSchema, parse(query)), variableProblems(query, variables)]).toEqual([
        name,
        [],
        [],
      ]);
      for (const document of Object.values(separateOperations(parse(query))))
        expect(validate(committedSchema, document, [...specifiedRules, limitsRule])).toEqual([]);
    }
  });

  test('are valid in a subgraph with a prefix', () => {
    const subgraph = buildSchema(printSubgraphOf(buildApiSchema(), 'Auth').replace(/^extend schema.*$/gm, ''), {
      assumeValid: true,
    });
    for (const { name, query } of tabs) {
      const renamed = createNames('Auth').inDocument(query);
      const problems = validate(subgraph, parse(renamed)).map(({ message }) => message);
      // A subgraph has no query `node`.
      expect([name, problems.filter((problem) => !problem.includes('"authNode"'))]).toEqual([name, []]);
      expect(createNames('').inDocument(query)).toBe(query);
    }
  });

  test('select no message of the interface Problem, which Apollo Client drops without possibleTypes', () => {
    for (const { query } of tabs) expect(query).not.toContain('on Problem');
  });

  test('the request has only the chosen operation, at its place in the text, and its variables', () => {
    for (const { query, variables } of tabs)
      for (const { name, loc } of operationsOf(parse(query))) {
        const request = narrowRequest({ query, variables, operationName: name?.value });
        expect(validate(committedSchema, parse(request.query))).toEqual([]);
        expect(variableProblems(request.query, request.variables ?? {})).toEqual([]);
        expect(operationsOf(parse(request.query)).map(({ loc: place }) => place?.start)).toEqual([loc?.start]);
        expect(request.query.split('\n')).toHaveLength(query.split('\n').length);
      }
  });

  test('a document that is not valid is sent as it is, so that the server explains it', () => {
    const variables = { a: 1 };
    for (const query of ['{ me', 'query A { me { id } } query B { me { id } }', ''])
      expect(narrowRequest({ query, variables, operationName: 'C' })).toEqual({ query, variables, operationName: 'C' });
    const anonymous = '{ me { id } }';
    expect(narrowRequest({ query: anonymous, variables })).toEqual({ query: anonymous, variables: {} });
  });

  test('only empty values are filled in, and only those that are known', () => {
    const known = { challengeId: '1', token: undefined };
    const variables = {
      verifyEmail: { challengeId: '', code: '' },
      token: '',
      other: { challengeId: '2' },
      list: [''],
    };
    expect(fillEmpty(variables, known)).toEqual({ ...variables, verifyEmail: { challengeId: '1', code: '' } });
  });
});
