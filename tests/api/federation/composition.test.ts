import { buildASTSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { accessList, recentSignInList } from '../../../src/http/access.ts';
import { buildSubgraph, printSubgraphOf } from '../../../src/http/federation/subgraph.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { compose } from '../../support/federation/gateway.ts';

const schema = buildApiSchema();
const plain = printSubgraphOf(schema, '');
const prefixed = printSubgraphOf(schema, 'Auth');

describe('the subgraph composes', () => {
  test.each(['shop', 'shop with node'] as const)('with a %s that has its own User stub and PageInfo', (other) => {
    const { supergraphSdl, errors } = compose(plain, other);
    expect(errors).toEqual([]);
    const user = buildASTSchema(parse(supergraphSdl ?? ''), { assumeValidSDL: true }).getType('User');
    expect(String(user)).toBe('User');
    expect(supergraphSdl).toMatch(/orders: \[Order!\]! @join__field\(graph: ORDERS\)/);
    expect(supergraphSdl).toMatch(/email: String @join__field\(graph: LATCHKEY\)/);
  });

  test('with a subgraph that has its own Session, NotFound, health and me, if there is a prefix', () => {
    expect(compose(prefixed, 'shop with colliding names').errors).toEqual([]);
    const collisions = compose(plain, 'shop with colliding names').errors.join('\n');
    for (const name of ['Session.id', 'Query.health', 'Query.me']) expect(collisions).toContain(name);
  });
});

describe('a prefix', () => {
  test('is in front of every type but User, PageInfo and scalars, and of every operation', () => {
    const types = [...prefixed.matchAll(/^(?:type|interface|union|enum|input|scalar) (\w+)/gm)].map(([, name]) => name);
    expect(types.length).toBeGreaterThan(100);
    const kept = types.filter((name) => !name?.startsWith('Auth'));
    expect(kept).toEqual(expect.arrayContaining(['DateTime', 'Mutation', 'PageInfo', 'Query', 'User']));
    expect(kept.filter((name) => !prefixed.includes(`\nscalar ${name}\n`)).sort()).toEqual([
      'Mutation',
      'PageInfo',
      'Query',
      'User',
    ]);
    const { Query, Mutation } = rootFields(prefixed);
    expect(Query).toContain('authHealth');
    expect(Mutation).toContain('authLogin');
    expect([...Query, ...Mutation].filter((name) => !name.startsWith('auth'))).toEqual([]);
  });

  test('changes who may call an operation in nothing (T19)', () => {
    const users = { identify: (id: string) => ({ id }), load: async () => [] };
    const rules = new Map([...accessList(schema)].filter(([name]) => name !== 'query node'));
    const subgraph = accessList(buildSubgraph(schema, '', users));
    expect(Object.fromEntries(subgraph)).toEqual({
      ...Object.fromEntries(rules),
      'query _service': 'PUBLIC',
      'query _entities': 'PUBLIC',
    });
    const withPrefix = buildSubgraph(schema, 'Auth', users);
    expect([...accessList(withPrefix).values()].sort()).toEqual([...subgraph.values()].sort());
    expect(recentSignInList(withPrefix)).toHaveLength(recentSignInList(schema).length);
    expect(accessList(withPrefix).get('mutation authDeleteUser')).toBe('ADMIN');
  });
});

test('the subgraph has no node: each subgraph would find its own objects only', () => {
  for (const sdl of [plain, prefixed]) expect(sdl).not.toMatch(/\bNode\b {|implements Node|\bnode\(|[nN]ode: Node/);
});

function rootFields(sdl: string): { Query: string[]; Mutation: string[] } {
  const fields = { Query: [] as string[], Mutation: [] as string[] };
  for (const definition of parse(sdl).definitions) {
    if (definition.kind !== 'ObjectTypeDefinition') continue;
    const name = definition.name.value;
    if (name === 'Query' || name === 'Mutation')
      fields[name] = (definition.fields ?? []).map((field) => field.name.value);
  }
  return fields;
}
