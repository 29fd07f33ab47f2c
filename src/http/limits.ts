import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationRule,
  visit,
} from 'graphql';

/**
 * Limits of a document. The parser enforces `tokens`, and Apollo Server `errors`. The others count a fragment each time it is
 * spread.
 */
export const LIMITS = {
  tokens: 1000,
  /** Reported for one document or its variables. */
  errors: 5,
  depth: 8,
  /** Inside __schema and __type. GraphiQL's own query is 15 deep. */
  introspectionDepth: 16,
  fields: 500,
  aliases: 20,
  directives: 5,
  queryRootFields: 10,
  /** A guess at a password or a code is a mutation field: one request is one guess. */
  mutationRootFields: 1,
} as const;

/** Counts of a selection set. They can reach Infinity, but counting takes linear time, because fragments are cached. */
interface Counts {
  /** Fields at this level, without `__typename`, which clients add and which runs nothing. */
  roots: number;
  depth: number;
  introspectionDepth: number;
  fields: number;
  aliases: number;
  directives: number;
}

const NONE: Counts = { roots: 0, depth: 0, introspectionDepth: 0, fields: 0, aliases: 0, directives: 0 };

/**
 * Rejects a document that exceeds a limit. graphql-armor is not an alternative: without its plugin, Apollo Server turns its
 * errors into a 500; it has no limit for root fields of a mutation; and each of its rules visits the whole document.
 */
export const limitsRule: ValidationRule = (context) => {
  const document = context.getDocument();
  const problems = [...findProblems(document)];
  for (const problem of problems) context.reportError(problem);
  if (problems.length > 0) skipOtherRules(document);
  return {};
};

/** Empties the document, which is not used again: the other rules would take twenty times as long as counting. */
function skipOtherRules({ definitions }: DocumentNode): void {
  // graphql-js declares it read-only, but has just created it for this request alone.
  (definitions as DefinitionNode[]).length = 0;
}

function* findProblems(document: DocumentNode): Generator<GraphQLError> {
  const count = createCounter(document.definitions);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const counts = count(definition.selectionSet);
    for (const { what, max, count } of listLimits(definition, counts)) {
      if (count > max) yield new GraphQLError(`At most ${max} ${what}; this document has more.`, { nodes: definition });
    }
  }
  if (hasNul(document)) yield new GraphQLError('A string contains the character U+0000.');
}

function listLimits(operation: OperationDefinitionNode, counts: Counts) {
  return [
    operation.operation === 'mutation'
      ? { what: 'field at the root of a mutation', max: LIMITS.mutationRootFields, count: counts.roots }
      : { what: 'fields at the root', max: LIMITS.queryRootFields, count: counts.roots },
    { what: 'levels', max: LIMITS.depth, count: counts.depth },
    { what: 'levels of introspection', max: LIMITS.introspectionDepth, count: counts.introspectionDepth },
    { what: 'fields', max: LIMITS.fields, count: counts.fields },
    { what: 'aliases', max: LIMITS.aliases, count: counts.aliases },
    { what: 'directives', max: LIMITS.directives, count: counts.directives + (operation.directives?.length ?? 0) },
  ];
}

/** Returns a function that counts selection sets. The counts of each fragment are cached. */
function createCounter(definitions: readonly DefinitionNode[]): (set: SelectionSetNode) => Counts {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const counted = new Map<string, Counts>();

  const countSet = (set: SelectionSetNode): Counts => set.selections.map(countSelection).reduce(add, NONE);

  const countSelection = (node: SelectionNode): Counts => {
    if (node.kind === Kind.FIELD) return countField(node, node.selectionSet ? countSet(node.selectionSet) : NONE);
    const inner = node.kind === Kind.INLINE_FRAGMENT ? countSet(node.selectionSet) : countFragment(node.name.value);
    return { ...inner, directives: inner.directives + (node.directives?.length ?? 0) };
  };

  const countFragment = (name: string): Counts => {
    const known = counted.get(name);
    if (known) return known;
    counted.set(name, NONE); // Cycles are rejected by graphql-js's own rule.
    const fragment = fragments.get(name);
    const counts = fragment ? countSet(fragment.selectionSet) : NONE;
    counted.set(name, counts);
    return counts;
  };

  return countSet;
}

function countField(field: FieldNode, inner: Counts): Counts {
  const name = field.name.value;
  const isIntrospection = name === '__schema' || name === '__type';
  const introspectionBelow = isIntrospection
    ? Math.max(inner.depth, inner.introspectionDepth)
    : inner.introspectionDepth;
  return {
    roots: name === '__typename' ? 0 : 1,
    depth: isIntrospection ? 1 : inner.depth + 1,
    introspectionDepth: isIntrospection || introspectionBelow > 0 ? introspectionBelow + 1 : 0,
    fields: inner.fields + 1,
    aliases: inner.aliases + (field.alias ? 1 : 0),
    directives: inner.directives + (field.directives?.length ?? 0),
  };
}

const add = (a: Counts, b: Counts): Counts => ({
  roots: a.roots + b.roots,
  depth: Math.max(a.depth, b.depth),
  introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
  fields: a.fields + b.fields,
  aliases: a.aliases + b.aliases,
  directives: a.directives + b.directives,
});

/** PostgreSQL cannot store U+0000. A literal can contain it as an escape, which the body check does not find. */
function hasNul(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    StringValue(node) {
      found ||= node.value.includes('\0');
    },
  });
  return found;
}
