import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildSchema,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInputObjectType,
  isInputObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

// What code generators make of our operations, as far as the examples use it.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

export const schema = buildSchema(read('schema/schema.graphql'));
export const document = parse(read('schema/generated/operations-of-apps.graphql'));

export const fragments = new Map(
  document.definitions.flatMap((one) =>
    one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as [string, FragmentDefinitionNode]] : [],
  ),
);
export const operations = document.definitions.filter(
  (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
);

/** The sources of an example by their name, without tests. */
export function sourcesOf(folder: string, extension: string): Map<string, string> {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return new Map(files.filter((file) => file.endsWith(extension)).map((file) => [file, read(join(folder, file))]));
}

/** The name of the struct or class that both generators make for an operation, such as LoginMutation. */
export const classOf = ({ name, operation }: OperationDefinitionNode): string =>
  `${name?.value}${operation === 'query' ? 'Query' : 'Mutation'}`;

export interface Branch {
  /** The type, such as Authenticated. */
  type: string;
  /** The fragment, if the operation spreads one for the type. */
  fragment?: string;
  fields: ReadonlySet<string>;
}

const lowerFirst = (text: string) => text[0]?.toLowerCase() + text.slice(1);
export const upperFirst = (text: string) => text[0]?.toUpperCase() + text.slice(1);

/** The property of Apollo Kotlin for the branch. */
export const kotlinProperty = ({ type, fragment }: Branch) => (fragment ? lowerFirst(fragment) : `on${type}`);
/** The property of Apollo iOS for the branch. */
export const swiftProperty = ({ type }: Branch) => `as${type}`;

/** The root field of the operation whose type is a union, and a branch for each of its types that the operation selects. */
export function unionOf(operation: OperationDefinitionNode) {
  const [field] = operation.selectionSet.selections as FieldNode[]; // Checked by the tests of the operations.
  const root = operation.operation === 'query' ? schema.getQueryType() : schema.getMutationType();
  const type = root?.getFields()[field?.name.value ?? '']?.type.toString().replaceAll('!', '');
  const union = schema.getType(type ?? '');
  if (!field?.selectionSet || !isUnionType(union)) return undefined;
  return {
    field: field.name.value,
    members: union.getTypes().map(({ name }) => name),
    branches: branchesOf(field.selectionSet),
  };
}

function branchesOf({ selections }: SelectionSetNode): Branch[] {
  return selections.flatMap((one): Branch[] => {
    if (one.kind === Kind.FIELD) return [];
    if (one.kind === Kind.INLINE_FRAGMENT)
      return [{ type: one.typeCondition?.name.value ?? '', fields: fieldsOf(one.selectionSet) }];
    const fragment = fragments.get(one.name.value);
    if (!fragment) throw new Error(`no fragment ${one.name.value}`);
    const type = fragment.typeCondition.name.value;
    return [{ type, fragment: one.name.value, fields: fieldsOf(fragment.selectionSet) }];
  });
}

/** Of a fragment that is spread in it, Apollo Kotlin has a property, and Apollo iOS has the fields. */
function fieldsOf({ selections }: SelectionSetNode): Set<string> {
  return new Set(
    selections.flatMap((one) => {
      if (one.kind === Kind.FIELD) return [(one.alias ?? one.name).value];
      return one.kind === Kind.FRAGMENT_SPREAD ? [lowerFirst(one.name.value)] : [];
    }),
  );
}

export const inputType = (name: string): GraphQLInputObjectType | undefined => {
  const type = schema.getType(name);
  return isInputObjectType(type) ? type : undefined;
};
