import { statfsSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { monotonic } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import { DEFAULT_SCHEMA } from '../../core/settings/schema-name.ts';
import type { Disk } from './disk.ts';
import { quoteIdentifier } from './identifier.ts';
import { classifyOutage, isDiskFull } from './outage.ts';

/**
 * Bytes that must be free for writes. PostgreSQL inside PGlite cannot recover in the same process when the write-ahead
 * log cannot grow: it needs space for two segments of 16 MiB.
 */
const RESERVE = 40 * 1024 * 1024;
/** Milliseconds for which free space is not looked up again. */
const KNOWN_FOR = 50;

/** @returns a function that throws ENOSPC if the directory's file system has less free space than the reserve */
export function createSpaceCheck(directory: string): () => void {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let isLow = false;
  return () => {
    if (monotonic() - checkedAt >= KNOWN_FOR) {
      const { bavail, bsize } = statfsSync(directory);
      isLow = bavail * bsize < RESERVE;
      checkedAt = monotonic();
    }
    if (isLow) throw Object.assign(new Error('less than 40 MiB are free'), { code: 'ENOSPC' });
  };
}

/** Selects the schema of the tables. Once is enough: an embedded database has one session. */
export async function selectSchema(client: PGlite, schema: string): Promise<void> {
  if (schema === DEFAULT_SCHEMA) return;
  await client.exec(`create schema if not exists ${quoteIdentifier(schema)}`);
  await client.exec(`set search_path = ${quoteIdentifier(schema)}`);
}

const NEEDS_NO_SPACE = /^\s*(select|savepoint|release|rollback|set)\b/i;

type Queries = Pick<PGlite, 'query'>;

/** The client as Drizzle uses it. Without space it only reads; writes throw Unavailable, like those that fail. */
export function withSpaceCheck(client: PGlite, disk: Disk, checkSpace: () => void): PGlite {
  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      disk.report(error);
      throw classifyOutage(error) || isDiskFull(error) ? new Unavailable('database', { cause: error }) : error;
    }
  }

  function checkQueries<Target extends Queries>(target: Target): Target {
    const query: Queries['query'] = (text, ...rest) =>
      attempt(() => {
        if (!NEEDS_NO_SPACE.test(text)) checkSpace();
        return target.query(text, ...rest);
      });
    return overlay(target, { query } as Partial<Target>); // A generic target may narrow the method's type.
  }

  const transaction: PGlite['transaction'] = (work) =>
    attempt(() => client.transaction((inner) => work(checkQueries(inner))));
  return overlay(checkQueries(client), { transaction });
}

/** The target with some of its methods replaced; the others keep `this`. */
export function overlay<Target extends object>(target: Target, methods: Partial<Target>): Target {
  return new Proxy(target, {
    get(_, name) {
      if (Object.hasOwn(methods, name)) return methods[name as keyof Target];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
