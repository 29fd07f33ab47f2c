import { Unavailable } from '../../core/errors.ts';

/** Awaits a query. During an outage, throws Unavailable without Drizzle's wrapper, which contains SQL and parameters. */
export async function runQuery<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Unavailable ? error.cause : error;
  }
}
