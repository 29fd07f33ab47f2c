/** The violated constraint, if the error or one of its causes is a unique violation (SQLSTATE 23505). */
export function violatedConstraint(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!('code' in cause) || cause.code !== '23505') continue;
    if ('constraint_name' in cause) return String(cause.constraint_name); // postgres.js
    if ('constraint' in cause) return String(cause.constraint); // PGlite
  }
  return undefined;
}
