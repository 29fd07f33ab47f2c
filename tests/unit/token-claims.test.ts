import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { type ClaimSubject, resolveClaims } from '../../src/core/token-claims/claim-template.ts';
import { parseClaims, RESERVED_CLAIMS } from '../../src/core/token-claims/parse-claims.ts';

const ADA: ClaimSubject = {
  id: '0199',
  email: 'ada@example.com',
  phone: null,
  roles: ['STAFF'],
  permissions: ['orders:read'],
  publicMetadata: { plan: 'pro', org: { id: 7, name: null }, tags: ['a'] },
};

function claimsOf(text: string, user: Partial<ClaimSubject> = {}) {
  const template = parseClaims(text);
  if (typeof template === 'string') throw new Error(template);
  return resolveClaims(template, { ...ADA, ...user });
}

const SECRET_KEY = randomBytes(32).toString('base64');
function errorsOf(env: Record<string, string>): string[] {
  const loaded = loadConfig({ SECRET_KEY, ...env });
  return 'errors' in loaded ? loaded.errors : [];
}

describe('ACCESS_TOKEN_CLAIMS', () => {
  test('takes values from the user, at any depth', () => {
    const text = JSON.stringify({
      tenant: '$.publicMetadata.org.id',
      who: { id: '$.id', mail: ['$.email', 'fixed'] },
      all: '$.publicMetadata',
      can: '$.permissions',
      is: '$.roles',
      version: 2,
      beta: true,
    });
    expect(claimsOf(text)).toEqual({
      tenant: 7,
      who: { id: '0199', mail: ['ada@example.com', 'fixed'] },
      all: ADA.publicMetadata,
      can: ['orders:read'],
      is: ['STAFF'],
      version: 2,
      beta: true,
    });
  });

  test('leaves out what the user does not have, also inside objects and lists', () => {
    const text = JSON.stringify({
      phone: '$.phone',
      plan: '$.publicMetadata.plan.name',
      name: '$.publicMetadata.org.name',
      inherited: '$.publicMetadata.toString',
      list: ['$.phone', 1],
      object: { phone: '$.phone' },
    });
    expect(claimsOf(text)).toEqual({ list: [1], object: {} });
  });

  test.each([
    [[], 'authenticated', ['user']],
    [['STAFF'], 'staff', ['user', 'staff']],
    [['ADMIN'], 'administrator', ['user', 'administrator']],
    [['STAFF', 'ADMIN'], 'administrator', ['user', 'staff', 'administrator']],
  ])('presets give users with the roles %j the roles %s and %j', (roles, databaseRole, allowedRoles) => {
    expect(claimsOf('hasura', { roles })).toEqual({
      'https://hasura.io/jwt/claims': {
        'x-hasura-default-role': 'user',
        'x-hasura-allowed-roles': allowedRoles,
        'x-hasura-user-id': '0199',
      },
    });
    expect(claimsOf('postgrest', { roles })).toEqual({ role: databaseRole });
    expect(claimsOf('supabase', { roles })).toEqual({ role: 'authenticated' });
  });

  test('accepts presets with further claims, which are merged over them', () => {
    const namespace = 'https://hasura.io/jwt/claims';
    const own = { [namespace]: { 'x-hasura-org-id': '$.publicMetadata.plan' }, role: 'web' };
    expect(claimsOf(`hasura, supabase, ${JSON.stringify(own)}`)).toEqual({
      [namespace]: {
        'x-hasura-default-role': 'user',
        'x-hasura-allowed-roles': ['user', 'staff'],
        'x-hasura-user-id': '0199',
        'x-hasura-org-id': 'pro',
      },
      role: 'web',
    });
  });

  test.each([...RESERVED_CLAIMS])('refuses the reserved claim %s at the start', (name) => {
    const [error, ...others] = errorsOf({ ACCESS_TOKEN_CLAIMS: JSON.stringify({ [name]: 'x' }) });
    expect(error).toMatch(/^ACCESS_TOKEN_CLAIMS must not set the claim /);
    expect(others).toEqual([]);
  });

  test.each([
    ['a word that is no preset', 'keycloak-secret', /must be names of presets/],
    ['a name of every object', 'constructor', /must be names of presets/],
    ['only commas', ',,', /must be names of presets/],
    ['an empty object', '{}', /must be names of presets/],
    ['broken JSON', '{"secret":', /must be names of presets/],
    ['text after the object', '{"a":1} hasura', /must be names of presets/],
    ['a list', '[{"secret":1}]', /must be names of presets/],
    ['presets that set the same claim', 'postgrest,supabase', /both set the claim role/],
    ['an unknown value', '{"a":{"b":["$.secret"]}}', /an unknown value/],
    ['private metadata', '{"a":"$.privateMetadata.secret"}', /an unknown value/],
    ['a value of presets only', '{"a":"$.databaseRole"}', /an unknown value/],
    ['a path into a text', '{"a":"$.email.secret"}', /an unknown value/],
    ['an empty step', '{"a":"$.publicMetadata..secret"}', /an unknown value/],
    ['an empty name', '{"":"secret"}', /must have names/],
    ['__proto__', '{"a":{"__proto__":"secret"}}', /must have names/],
    ['deep nesting', '{"a":{"a":{"a":{"a":{"a":{"a":"secret"}}}}}}', /nested at most 5/],
    [
      'many claims',
      JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`c${n}`, 1]))),
      /at most 50/,
    ],
  ])('refuses %s at the start, without quoting it', (_, text, message) => {
    const errors = errorsOf({ ACCESS_TOKEN_CLAIMS: text });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^ACCESS_TOKEN_CLAIMS /);
    expect(errors[0]).toMatch(message);
    expect(errors[0]).not.toContain('secret');
  });

  test('that is empty is not set', () => {
    expect(errorsOf({ ACCESS_TOKEN_CLAIMS: ' ' })).toEqual([]);
  });
});
