import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isNonNullType, isScalarType, isSpecifiedScalarType, type OperationDefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import {
  type Branch,
  classOf,
  inputType,
  kotlinProperty,
  operations,
  read,
  schema,
  sourcesOf,
  swiftProperty,
  unionOf,
  upperFirst,
} from '../support/mobile.ts';

/** What a language and its code generator make of an outcome. */
interface Language {
  sources: Map<string, string>;
  /** The header of a function that turns the result of an operation into an outcome. */
  outcomeOf: RegExp;
  /** Where a function begins, or the next type. */
  function: RegExp;
  property(branch: Branch): string;
  /** A branch that is tested. */
  tested: RegExp;
  default: RegExp;
  /** The separator between a parameter's name and its value. */
  argument: RegExp;
}

const KOTLIN: Language = {
  sources: sourcesOf('examples/android/app/src/main', '.kt'),
  outcomeOf: /^fun (\w+)\.(\w+)\.outcome\(\)/,
  function: /^(?= *(?:private )?(?:suspend )?fun |(?:sealed |data )?(?:class|interface) )/m,
  property: kotlinProperty,
  tested: /^ +(?:started\.)?(on[A-Z]\w+|\w+) != null ->/gm,
  default: /else -> (?:\w+\.)*Unknown\(|else -> throw UnknownOutcome/,
  argument: /(\w+) = /g,
};

const SWIFT: Language = {
  sources: sourcesOf('examples/ios/Sources/LatchkeyAuth', '.swift'),
  outcomeOf: /^extension (\w+)\.Data\.(\w+) \{\n {2}func outcome\(\)/,
  function: /^(?= *(?:private |public )?(?:static )?func (?!outcome\()|extension |(?:public )?struct )/m,
  property: swiftProperty,
  tested: /\bif (?:let it = )?(?:started\.)?(as[A-Z]\w+)\b/g,
  default: /return \.unknown\(type: |throw UnknownOutcome\(/,
  argument: /(\w+): /g,
};

const byClass = new Map(operations.map((operation) => [classOf(operation), operation]));
const found = (name: string | undefined): OperationDefinitionNode => {
  const operation = byClass.get(name ?? '');
  if (!operation) throw new Error(`no operation for ${name}`);
  return operation;
};

/** The functions that handle the union of an operation, with its name. */
function handlersOf({ sources, outcomeOf, function: begins }: Language) {
  return [...sources].flatMap(([file, source]) =>
    source.split(begins).flatMap((text) => {
      const outcome = outcomeOf.exec(text);
      const name = outcome?.[1] ?? (text.includes('started.') ? /(\w+Mutation)\(/.exec(text)?.[1] : undefined);
      return name ? [{ file, text, name, nested: outcome?.[2] }] : [];
    }),
  );
}

/** The text between the parenthesis at the index and its counterpart. */
function insideParentheses(text: string, open: number): string {
  let depth = 0;
  for (let end = open; end < text.length; end++) {
    if (text[end] === '(') depth++;
    if (text[end] === ')' && --depth === 0) return text.slice(open + 1, end);
  }
  throw new Error(`no end of ${text.slice(open, open + 40)}`);
}

const withoutNested = (text: string): string => {
  const shorter = text.replaceAll(/\([^()]*\)/g, '');
  return shorter === text ? text : withoutNested(shorter);
};

/** The fields that the code reads of each branch. */
function readsOf(language: Language, text: string, branches: readonly Branch[]): [string, string][] {
  if (language === KOTLIN)
    return branches.flatMap((branch) =>
      [...text.matchAll(new RegExp(`\\b${kotlinProperty(branch)}\\.(\\w+)\\b(?!\\()`, 'g'))].map(
        ([, field = '']): [string, string] => [branch.type, field],
      ),
    );
  return text.split(/(?=\bif (?:let it = )?(?:started\.)?as[A-Z])/).flatMap((part) => {
    const type = /as([A-Z]\w+)/.exec(part)?.[1] ?? '';
    return [...part.matchAll(/\bit\.(?!fragments)(\w+)/g)].map(([, field = '']): [string, string] => [type, field]);
  });
}

describe.each([
  ['Kotlin', KOTLIN, 14],
  ['Swift', SWIFT, 14],
] as const)('the %s example', (_name, language, least) => {
  const handlers = handlersOf(language);

  test('is found by these tests', () => {
    expect(handlers.length).toBeGreaterThanOrEqual(least);
  });

  test.each(handlers)('$file has a branch for every type of $name, and a default', ({ text, name, nested }) => {
    const union = unionOf(found(name));
    if (!union) throw new Error(`${name} returns no union`);
    if (nested) expect(nested).toBe(upperFirst(union.field));
    const tested = [...text.matchAll(language.tested)].map(([, property]) => property);
    expect(tested.toSorted()).toEqual(union.branches.map(language.property).toSorted());
    expect(text).toMatch(language.default);
  });

  test.each(handlers)('$file reads only selected fields of $name', ({ text, name }) => {
    const branches = unionOf(found(name))?.branches ?? [];
    const unknown = readsOf(language, text, branches).filter(
      ([type, field]) => !branches.find((branch) => branch.type === type)?.fields.has(field),
    );
    expect(unknown).toEqual([]);
  });

  test('calls operations that exist, with their variables, and reads their root field', () => {
    for (const source of language.sources.values()) {
      for (const { 1: name, index } of source.matchAll(/\b(\w+(?:Mutation|Query))\(/g)) {
        if (!/^[A-Z]/.test(name ?? '') || /^GraphQL/.test(name ?? '')) continue;
        const { variableDefinitions = [] } = found(name);
        const passed = insideParentheses(source, index + (name?.length ?? 0));
        expect([name, passed !== ''], source.slice(index, index + 60)).toEqual([name, variableDefinitions.length > 0]);
        const [, field] = /^\S*?\)\)\.(\w+)\.outcome\(\)/.exec(source.slice(index)) ?? [];
        if (field) expect([name, field]).toEqual([name, unionOf(found(name))?.field]);
      }
    }
  });

  test('passes input fields that exist, and all that are required', () => {
    let checked = 0;
    for (const source of language.sources.values()) {
      for (const { 1: name = '', index } of source.matchAll(/\b(\w+Input)\((?!\))/g)) {
        const type = inputType(name);
        if (!type) continue; // A type of the app.
        const text = withoutNested(insideParentheses(source, index + name.length));
        const passed = [...text.matchAll(language.argument)].map(([, field]) => field);
        const fields = Object.values(type.getFields());
        const required = fields.filter((one) => isNonNullType(one.type) && one.defaultValue === undefined);
        const known = fields.map((one) => one.name);
        expect([name, passed.filter((field) => !known.includes(field ?? ''))]).toEqual([name, []]);
        expect([name, required.filter((one) => !passed.includes(one.name)).map((one) => one.name)]).toEqual([name, []]);
        // Swift requires the order of the declaration, which is that of the schema.
        expect(passed).toEqual(known.filter((field) => passed.includes(field)));
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(10);
  });
});

describe('the configuration of the code generators', () => {
  const scalars = Object.values(schema.getTypeMap())
    .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
    .map(({ name }) => name);

  test('of Apollo Kotlin names files that exist, and maps every scalar', () => {
    const gradle = read('examples/android/app/build.gradle.kts');
    const folder = 'examples/android/app';
    const schemaFile = /schemaFile\.set\(file\("(.+?)"\)\)/.exec(gradle)?.[1] ?? '';
    const operationsIn = /srcDir\("(.+?)"\)/.exec(gradle)?.[1] ?? '';
    const included = /includes\.set\(listOf\("(.+?)"\)\)/.exec(gradle)?.[1] ?? '';
    expect(resolve(folder, schemaFile)).toBe(resolve('schema/schema.graphql'));
    expect(resolve(folder, operationsIn, included)).toBe(resolve('schema/generated/operations-of-apps.graphql'));
    const mapped = [...gradle.matchAll(/mapScalar\("(\w+)"/g)].map(([, name]) => name);
    expect(mapped.toSorted()).toEqual(scalars.toSorted());
  });

  test('of Apollo iOS names files that exist, and has a type for every scalar', () => {
    const { input, output } = JSON.parse(read('examples/ios/apollo-codegen-config.json'));
    const folder = 'examples/ios';
    const paths = [...input.schemaSearchPaths, ...input.operationSearchPaths].map((path) => resolve(folder, path));
    expect(paths).toEqual([resolve('schema/schema.graphql'), resolve('schema/generated/operations-of-apps.graphql')]);
    for (const scalar of scalars) {
      const file = `${folder}/${output.schemaTypes.path}/Schema/CustomScalars/${scalar}.swift`;
      expect([file, existsSync(file)]).toEqual([file, true]);
    }
  });
});
