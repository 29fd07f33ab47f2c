/** Which step failed. The cause says why. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
}

/** Locks were not granted in time. The migration can be repeated. */
export class MigrationBlocked extends Error {
  override readonly name = 'MigrationBlocked';
}

/** A pooler is between this process and the database, and a step needs a session. */
export class NeedsSession extends Error {
  override readonly name = 'NeedsSession';
}

/** The role of DATABASE_URL may not create the tables. The message says who has to do what. */
export class NoRightToCreate extends Error {
  override readonly name = 'NoRightToCreate';
}
