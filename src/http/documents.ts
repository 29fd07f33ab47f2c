import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Total characters of source text. The parsed form is up to 150 times larger: at most about 20 MB. */
const CAPACITY = 128 * 1024;

/**
 * Caches parsed and validated documents. Apollo Server's own cache holds 30 MiB and measures each document by
 * serialising it to JSON.
 */
export function createDocumentStore() {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: CAPACITY,
    sizeCalculation: ({ loc }) => Math.max(1, loc?.source.body.length ?? CAPACITY),
  });
  return {
    get: async (hash: string) => documents.get(hash),
    set: async (hash: string, document: DocumentNode) => void documents.set(hash, document),
    delete: async (hash: string) => documents.delete(hash),
  };
}
