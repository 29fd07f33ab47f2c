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
 * What a document may ask for. The parser stops at `tokens`, which bounds all the work that follows; the rest is
 * counted as it will be executed, with every fragment counted where it is spread.
 */
export const LIMITS = {
  tokens: 1000,
  depth: 8,
  /** Inside __schema and __type; GraphiQL's own query is 15 deep. */
  introspectionDepth: 16,
  fields: 500,
  aliases: 20,
  directives: 20,
  queryRootFields: 10,
  /** An attempt at a password or a code is one mutation field; one request is one attempt. */
  mutationRootFields: 1,
} as const;

/** Sums over a selection set. They may reach Infinity; they never take longer than the document is long. */
interface Tally {
  /** Fields at this level, `__typename` aside: it executes nothing, and clients add it. */
  roots: number;
  depth: number;
  introspectionDepth: number;
  fields: number;
  aliases: number;
  directives: number;
}

const NOTHING: Tally = { roots: 0, depth: 0, introspectionDepth: 0, fields: 0, aliases: 0, directives: 0 };

/**
 * A validation rule: a document beyond a limit is refused before anything of it is executed.
 *
 * Our own and not graphql-armor's rules: those throw out of the validation, which Apollo Server answers with a 500
 * unless their plugin is used, have no limit for the root fields of a mutation, and walk the document once for each.
 */
export const limitsRule: ValidationRule = (context) => {
  const document = context.getDocument();
  const problems = [...exceeded(document)];
  for (const problem of problems) context.reportError(problem);
  if (problems.length > 0) spareTheOtherRules(document);
  return {};
};

/**
 * Rules are made first and walk the document afterwards, together. What is refused already is not worth the walk: at
 * a thousand tokens it takes twenty times as long as the counting. They find an empty document; nobody reads it again.
 */
function spareTheOtherRules({ definitions }: DocumentNode): void {
  // graphql-js declares it read-only, and has just made it for this one request.
  (definitions as DefinitionNode[]).length = 0;
}

function* exceeded(document: DocumentNode): Generator<GraphQLError> {
  const measure = createMeasure(document.definitions);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const found = measure(definition.selectionSet);
    for (const { what, most, count } of bounds(definition, found)) {
      if (count > most)
        yield new GraphQLError(`At most ${most} ${what}; this document has more.`, { nodes: definition });
    }
  }
  if (holdsNul(document)) yield new GraphQLError('A string holds the character U+0000.');
}

function bounds(operation: OperationDefinitionNode, found: Tally) {
  return [
    operation.operation === 'mutation'
      ? { what: 'field at the root of a mutation', most: LIMITS.mutationRootFields, count: found.roots }
      : { what: 'fields at the root', most: LIMITS.queryRootFields, count: found.roots },
    { what: 'levels', most: LIMITS.depth, count: found.depth },
    { what: 'levels of introspection', most: LIMITS.introspectionDepth, count: found.introspectionDepth },
    { what: 'fields', most: LIMITS.fields, count: found.fields },
    { what: 'aliases', most: LIMITS.aliases, count: found.aliases },
    { what: 'directives', most: LIMITS.directives, count: found.directives + (operation.directives?.length ?? 0) },
  ];
}

/** Counts selection sets. A fragment is counted once and remembered, so that spreading it again costs nothing. */
function createMeasure(definitions: readonly DefinitionNode[]): (set: SelectionSetNode) => Tally {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const counted = new Map<string, Tally>();

  const measure = (set: SelectionSetNode): Tally => set.selections.map(measureSelection).reduce(together, NOTHING);

  const measureSelection = (node: SelectionNode): Tally => {
    if (node.kind === Kind.FIELD) return aroundField(node, node.selectionSet ? measure(node.selectionSet) : NOTHING);
    const inner = node.kind === Kind.INLINE_FRAGMENT ? measure(node.selectionSet) : measureFragment(node.name.value);
    return { ...inner, directives: inner.directives + (node.directives?.length ?? 0) };
  };

  const measureFragment = (name: string): Tally => {
    const known = counted.get(name);
    if (known) return known;
    counted.set(name, NOTHING); // A fragment that reaches itself is refused by graphql-js's own rule.
    const fragment = fragments.get(name);
    const tally = fragment ? measure(fragment.selectionSet) : NOTHING;
    counted.set(name, tally);
    return tally;
  };

  return measure;
}

function aroundField(field: FieldNode, inner: Tally): Tally {
  const name = field.name.value;
  const introspects = name === '__schema' || name === '__type';
  const below = introspects ? Math.max(inner.depth, inner.introspectionDepth) : inner.introspectionDepth;
  return {
    roots: name === '__typename' ? 0 : 1,
    depth: introspects ? 1 : inner.depth + 1,
    introspectionDepth: introspects || below > 0 ? below + 1 : 0,
    fields: inner.fields + 1,
    aliases: inner.aliases + (field.alias ? 1 : 0),
    directives: inner.directives + (field.directives?.length ?? 0),
  };
}

const together = (a: Tally, b: Tally): Tally => ({
  roots: a.roots + b.roots,
  depth: Math.max(a.depth, b.depth),
  introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
  fields: a.fields + b.fields,
  aliases: a.aliases + b.aliases,
  directives: a.directives + b.directives,
});

/** PostgreSQL stores no U+0000; a literal may spell it as an escape, which the check of the body cannot see. */
function holdsNul(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    StringValue(node) {
      found ||= node.value.includes('\0');
    },
  });
  return found;
}
