/** Where PostgreSQL creates tables by default. */
export const DEFAULT_SCHEMA = 'public';
