import { Kind, parse, validate, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { accessList } from '../../src/http/access.ts';
import { buildApiSchema } from '../../src/http/schema.ts';
import { document, fragments, operations, read, schema, unionOf } from '../support/mobile.ts';

/** What code generators for Swift and Kotlin cannot use as the name of a field, or escape. */
const RESERVED = new Set([
  ...['self', 'Self', 'init', 'deinit', 'Type', 'Protocol', 'default', 'class', 'struct', 'enum', 'func', 'var', 'let'],
  ...['object', 'fun', 'val', 'when', 'is', 'in', 'as', 'typealias', 'package', 'import', 'return', 'if', 'else'],
  // Of Apollo's own classes.
  ...['fragments', 'hash', '__data', 'adapter', 'rootField', 'document', 'serializeVariables'],
]);

describe('the operations for code generators of apps', () => {
  const names = operations.map(({ name }) => name?.value);

  test('are valid, and each operation and fragment occurs once and has a name', () => {
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
    const all = [...names, ...fragments.keys()];
    expect(all.filter((name) => !name)).toEqual([]);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  test('are all operations that users may call, but those that are of no use to an app', () => {
    const access = accessList(buildApiSchema());
    const forUsers = [...access].filter(([, who]) => who === 'PUBLIC' || who === 'SIGNED_IN').map(([field]) => field);
    const fields = operations.map(({ operation, selectionSet }) => {
      const [field] = selectionSet.selections;
      return `${operation} ${field?.kind === Kind.FIELD ? field.name.value : ''}`;
    });
    const missing = forUsers.filter((field) => !fields.includes(field));
    expect(missing.toSorted()).toEqual(['query health', 'query node', 'query verifyToken']);
    expect(fields.filter((field) => !forUsers.includes(field))).toEqual([]);
  });

  test('use no name that Swift, Kotlin or Apollo reserves', () => {
    const used = new Set<string>();
    visit(document, {
      Field: ({ alias, name }) => void used.add((alias ?? name).value),
      VariableDefinition: ({ variable }) => void used.add(variable.name.value),
    });
    expect([...used].filter((name) => RESERVED.has(name))).toEqual([]);
    // Apollo's classes for an operation are named after it.
    expect(names.filter((name) => schema.getType(`${name}Mutation`) || schema.getType(`${name}Query`))).toEqual([]);
  });

  test('select every member of their union, except those that the operation never returns', () => {
    const missing = operations.flatMap((operation) => {
      const union = unionOf(operation);
      const selected = union?.branches.map(({ type }) => type);
      return (union?.members ?? [])
        .filter((type) => !selected?.includes(type))
        .map((type) => `${operation.name?.value}: ${type}`);
    });
    // Only endUserSessions returns InvalidInput, and only socialCallback links an identity.
    const never = /^(Logout|LogoutAll|RevokeSession): InvalidInput$|^SocialTokenLogin: IdentityLinked$/;
    expect(missing.filter((one) => !never.test(one))).toEqual([]);
  });

  test('a document with the fragments of two operations would be refused by both generators', () => {
    const both = parse(read('schema/operations/login.graphql') + read('schema/operations/refresh.graphql'));
    expect(validate(schema, both).map(({ message }) => message)).toContainEqual(expect.stringContaining('SignedIn'));
  });
});
