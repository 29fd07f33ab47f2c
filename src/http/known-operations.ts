import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { findRootField } from './root-field.ts';

/** Total characters of source text. The parsed form is up to 150 times larger: at most about 20 MB. */
const CAPACITY = 128 * 1024;
/** Characters of the client's operation name that are logged. */
const MAX_LOGGED_NAME_LENGTH = 64;

/** An operation of a document that Apollo Server has parsed and validated. */
export interface KnownOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** For the access log: its name, or else its first field. */
  name: string | undefined;
  /** The field at its root, or `several`. */
  rootField: string | undefined;
}

/** A request for a known operation. */
export interface KnownRequest {
  known: KnownOperation;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>> | null;
}

/** Remembers valid operations, so that only the first request for one pays for Apollo Server's pipeline. */
export interface KnownOperations {
  /** Undefined if the operation is unknown, or if the body has anything unusual in it, which is left to Apollo Server. */
  find(body: unknown): KnownRequest | undefined;
  remember(
    request: { query: string; operationName?: string | undefined },
    valid: Pick<KnownOperation, 'document' | 'operation'>,
  ): KnownOperation;
}

type OfDocument = Map<string | undefined, KnownOperation>;

export function createKnownOperations(): KnownOperations {
  const documents = new LRUCache<string, OfDocument>({
    maxSize: CAPACITY,
    sizeCalculation: (_operations, query) => Math.max(1, query.length),
  });

  return {
    find(body) {
      if (!isRecord(body) || typeof body.query !== 'string') return undefined;
      const { operationName = null, variables = null, extensions = null } = body;
      if (operationName !== null && typeof operationName !== 'string') return undefined;
      if (variables !== null && !isRecord(variables)) return undefined;
      if (extensions !== null && (!isRecord(extensions) || 'persistedQuery' in extensions)) return undefined;
      const known = documents.get(body.query)?.get(operationName ?? undefined);
      return known && { known, operationName, variables };
    },

    remember({ query, operationName }, { document, operation }) {
      const known = {
        document,
        operation,
        name: loggedName(operation),
        rootField: findRootField({ document, operation }),
      };
      const ofDocument: OfDocument = documents.get(query) ?? new Map();
      ofDocument.set(operationName, known);
      documents.set(query, ofDocument);
      return known;
    },
  };
}

function loggedName({ name, selectionSet }: OperationDefinitionNode): string | undefined {
  const [first] = selectionSet.selections;
  return (name ?? (first?.kind === Kind.FIELD ? first.name : undefined))?.value.slice(0, MAX_LOGGED_NAME_LENGTH);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
