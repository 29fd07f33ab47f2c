import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Characters of source text in all. The parsed form is up to 150 times that: some 20 MB at the very worst. */
const CAPACITY = 128 * 1024;

/**
 * Documents that have been parsed and found valid, so that the second request with one is spared both. Apollo Server's
 * own store holds 30 MiB and weighs each document by writing it out as JSON.
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
