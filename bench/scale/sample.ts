import postgres from 'postgres';
import { encodeCursor } from '../../src/core/page.ts';
import { createKeyring } from '../../src/core/secrets.ts';
import { createRefreshTokens, type Generation } from '../../src/features/sessions/refresh-token.ts';
import { DEVICE, type Tokens } from '../scenarios.ts';
import type { Service } from '../service.ts';

export interface Person {
  email: string;
  firstName: string;
  lastName: string;
}

export interface Sample {
  people: Person[];
  /** Addresses of users who can sign in and have signed in from this browser before. */
  logins: string[];
  /** Refreshable sessions, without access tokens yet. The first is an administrator's. */
  sessions: (Tokens & { email: string })[];
  /** Cursors from the middle of the user list. */
  cursors: string[];
}

/** Sample size: large enough that thousands of requests rarely hit the same row. */
const MOST = 8_000;
const CURSORS = 500;
const LOGINS = 1_000;

/** Draws random rows from the whole tables for the requests. */
export async function drawSample({ databaseUrl, env }: Pick<Service, 'databaseUrl' | 'env'>): Promise<Sample> {
  const sql = postgres(databaseUrl, { max: 1 });
  const people = await sql<Person[]>`
    select email, first_name as "firstName", last_name as "lastName" from users order by random() limit ${MOST}`;
  const sessions = await sql<(Generation & { email: string; userId: string })[]>`
    select sessions.id, generation, rotated_at as "rotatedAt", idle_expires_at as "idleExpiresAt", email, user_id as "userId"
    from sessions join users on users.id = user_id
    where ended_at is null and idle_expires_at > now() + interval '1 hour' and is_active order by random() limit ${MOST}`;
  const logins = await sql<Person[]>`
    select email from users join sessions on users.id = user_id
    where device = ${DEVICE} and is_active and email_verified_at is not null group by email order by random() limit ${LOGINS}`;
  const places = await sql<{ id: string; at: Date }[]>`
    select id, created_at as at from users order by created_at desc, id desc
    offset (select (count(*) - ${CURSORS}) / 2 from users) limit ${CURSORS}`;
  await sql`update users set roles = '{STAFF,ADMIN}' where id = ${sessions[0]?.userId ?? null}`;
  await sql.end();

  const keyring = createKeyring([Buffer.from(env.SECRET_KEY, 'base64')]);
  const tokens = createRefreshTokens({ keyring, clock: { now: () => new Date() }, issuer: env.PUBLIC_URL });
  return {
    people,
    logins: logins.map(({ email }) => email),
    sessions: sessions.map((session) => ({
      email: session.email,
      accessToken: '',
      refreshToken: tokens.derive(session),
    })),
    cursors: places.map(({ id, at }) => encodeCursor('created', { key: at.toISOString(), id })),
  };
}
