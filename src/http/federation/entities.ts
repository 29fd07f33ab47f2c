import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { badInput } from '../../core/bad-input.ts';
import type { RequestContext } from '../../core/request.ts';

/** A user to which another subgraph refers. */
export interface UserReference {
  id: string;
}

/** Where the users come from. */
export interface UserSource {
  /** A user of whom only the ID is known. Null if it is no ID of a user. */
  identify(id: string): object | null;
  /**
   * The users with these IDs, in their order. An error takes the place of a user whom the caller may not see, null that of
   * one who does not exist.
   */
  load(ids: readonly string[], context: RequestContext): Promise<readonly (object | null)[]>;
}

/** A representation: the type and the key of an entity. Further fields are ignored. */
export const Any = new GraphQLScalarType<UserReference, never>({
  name: '_Any',
  parseValue: parseReference,
  parseLiteral: (node, variables) => parseReference(valueFromASTUntyped(node, variables)),
});

function parseReference(value: unknown): UserReference {
  const { __typename: type, id } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (type !== 'User' || typeof id !== 'string') throw badInput('Expected {"__typename": "User", "id": "…"}.');
  return { id };
}

/** Resolves `_entities`. A request for the IDs alone gets them back without a query: the caller knows them. */
export async function resolveEntities(
  references: readonly UserReference[],
  users: UserSource,
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<readonly (object | null)[]> {
  const ids = references.map(({ id }) => id);
  return selectsMoreThanIds(info) ? users.load(ids, context) : ids.map(users.identify);
}

function selectsMoreThanIds({ fieldNodes, fragments, variableValues }: GraphQLResolveInfo): boolean {
  const isSelected = (node: SelectionSetNode['selections'][number]) =>
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false;

  const hasMore = ({ selections }: SelectionSetNode): boolean =>
    selections.filter(isSelected).some((node) => {
      if (node.kind === Kind.FIELD) return !isIdentity(node);
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value];
      return fragment !== undefined && hasMore(fragment.selectionSet);
    });
  return fieldNodes.some(({ selectionSet }) => selectionSet !== undefined && hasMore(selectionSet));
}

const isIdentity = ({ name }: FieldNode): boolean => name.value === 'id' || name.value === '__typename';
