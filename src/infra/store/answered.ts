import { Unavailable } from '../../core/errors.ts';

/** Awaits a query. Throws an outage as Unavailable, without Drizzle's wrapper, which contains SQL and parameters. */
export async function answered<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Unavailable ? error.cause : error;
  }
}
