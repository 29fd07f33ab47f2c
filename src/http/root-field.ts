import { Kind, type SelectionSetNode } from 'graphql';
import { listFragments, type RequestedOperation } from './requested-operation.ts';

/** What stands for an operation with several different fields at its root. */
export const SEVERAL = 'several';

/**
 * The field at the root of a valid operation, such as `login`, under any alias. `several` if there are different ones;
 * undefined if there is only introspection.
 */
export function findRootField(requested: Pick<RequestedOperation, 'document' | 'operation'>): string | undefined {
  const [first, ...others] = new Set(listRootFields(requested.operation.selectionSet, requested));
  return others.length > 0 ? SEVERAL : first;
}

function* listRootFields(set: SelectionSetNode, { document }: Pick<RequestedOperation, 'document'>): Generator<string> {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      if (!node.name.value.startsWith('__')) yield node.name.value;
      continue;
    }
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : listFragments(document).get(node.name.value);
    if (inner) yield* listRootFields(inner.selectionSet, { document });
  }
}
