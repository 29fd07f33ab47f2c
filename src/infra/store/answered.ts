import { Unavailable } from '../../core/errors.ts';

/** What the query answers. An outage is thrown as Unavailable itself, without Drizzle's wrapping of SQL and parameters. */
export async function answered<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Unavailable ? error.cause : error;
  }
}
