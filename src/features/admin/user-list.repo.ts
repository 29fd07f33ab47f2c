import { and, arrayContains, asc, desc, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { users } from '../../infra/db/tables.ts';
import { PROFILE_FIELD_NAMES, PROFILE_FIELDS } from '../accounts/profile-fields.ts';
import type { User } from '../accounts/user.ts';
import type { UserQuery } from './user-list.ts';
import { rarest, type Search } from './user-search.ts';

// Each expression is written as its index has it: users_by_address and its neighbours in tables.ts.
const ADDRESS = sql`coalesce(${users.email}, '') collate "C"`;
const SEARCHED = [
  ADDRESS,
  sql`${users.phone} collate "C"`,
  ...PROFILE_FIELD_NAMES.filter((name) => PROFILE_FIELDS[name].isSearched).map(
    (name) => sql`lower(${users[name]}) collate "C"`,
  ),
];

/** Sorts after every string with the same prefix, in byte order. */
const LAST_CHARACTER = '\u{10ffff}';

/** A range instead of LIKE: an index serves it for any text, and no character is special. */
const beginsWith = (column: SQL, text: string): SQL =>
  sql`(${column} >= lower(${text}::text) and ${column} < lower(${text}::text) || ${LAST_CHARACTER}::text)`;

const matches = (search: Search): SQL | undefined =>
  search.length === 0
    ? sql`false`
    : or(
        ...search.map((parts) =>
          and(...parts.map((text) => or(...SEARCHED.map((column) => beginsWith(column, text))))),
        ),
      );

/** Constants instead of parameters where an index is partial, so that the planner sees that it applies. */
const conditions = ({ search, isActive, role, emailVerified }: Partial<Filter>): (SQL | undefined)[] => [
  isActive === true ? sql`${users.isActive}` : undefined,
  isActive === false ? sql`not ${users.isActive}` : undefined,
  emailVerified === true ? sql`${users.emailVerifiedAt} is not null` : undefined,
  emailVerified === false ? sql`${users.emailVerifiedAt} is null` : undefined,
  role ? and(sql`${users.roles} <> '{}'`, arrayContains(users.roles, [role])) : undefined,
  search && matches(search),
];

type Filter = Pick<UserQuery, 'search' | 'isActive' | 'role' | 'emailVerified'>;

const isAmong = (ids: readonly string[]): SQL => sql`${users.id} = any(${sql.param(ids)}::uuid[])`;

/**
 * IDs of the users that match, taken from those that match its rarest parts; undefined if there are more than `limit` of
 * those. Reads each column through its index.
 */
export async function candidates(db: Db, search: Search, limit: number): Promise<string[] | undefined> {
  const beginnings = [...new Set(rarest(search))];
  if (beginnings.length === 0) return [];
  const fits = search.every((parts) => parts.length === 1) ? sql`true` : matches(search);
  const ranges = beginnings.flatMap((text) =>
    SEARCHED.map(
      (column) =>
        sql`(select ${users.id}, ${fits} as fits from ${users} where ${beginsWith(column, text)} order by ${column} limit ${limit + 1})`,
    ),
  );
  // One string for all IDs: thousands of rows would become thousands of objects.
  const [row] = await db
    .select({
      read: sql<number>`count(distinct found.id)::int`,
      ids: sql<string | null>`string_agg(distinct found.id::text, ' ') filter (where found.fits)`,
    })
    .from(sql`(${sql.join(ranges, sql` union all `)}) as found`);
  if (!row || row.read > limit) return undefined;
  return row.ids?.split(' ') ?? [];
}

/** How a list is read from a cursor. */
function reading({ by, isDescending: isFalling, page }: UserQuery) {
  const isDescending = isFalling !== page.isBackward;
  const key = by === 'email' ? ADDRESS : sql`${users.createdAt}`;
  const value = by === 'email' ? sql`${page.from?.key}::text` : sql`${page.from?.key}::timestamptz`;
  const beyond = sql`(${key}, ${users.id}) ${sql.raw(isDescending ? '<' : '>')} (${value}, ${page.from?.id}::uuid)`;
  return { key, direction: isDescending ? desc : asc, beyond: page.from && beyond };
}

/**
 * One row more than the page holds, in reading direction. Keyset pagination: the index finds the cursor at any depth.
 * @param ids the users that may match; undefined: too many to list
 */
export function usersOnPage(db: Db, query: UserQuery, ids: readonly string[] | undefined): Promise<User[]> {
  const { key, direction, beyond } = reading(query);
  return db
    .select()
    .from(users)
    .where(and(...conditions(query), beyond, ids && isAmong(ids)))
    .orderBy(direction(ids ? unindexed(key, query.by) : key), direction(users.id))
    .limit(query.page.size + 1);
}

/** The same, but only among the next `window` users of the list, which are read and filtered one by one. */
export function usersNearby(db: Db, { search, ...query }: UserQuery, window: number): Promise<User[]> {
  const { key, direction, beyond } = reading({ ...query, search: undefined });
  const inOrder = [direction(key), direction(users.id)];
  const next = db
    .select()
    .from(users)
    .where(and(...conditions(query), beyond))
    .orderBy(...inOrder)
    .limit(window)
    .as('users'); // Conditions and order name the table, and here mean these rows of it.
  return db
    .select()
    .from(next)
    .where(search && matches(search))
    .orderBy(...inOrder)
    .limit(query.page.size + 1);
}

/** The same order by an expression without an index: a few users are read by ID and sorted, not searched for in all. */
const unindexed = (key: SQL, by: UserQuery['by']): SQL =>
  by === 'email' ? sql`coalesce(${users.email}, '') || '' collate "C"` : sql`${key} + interval '0'`;

/** How many match, up to `limit`. */
export async function countUsers(
  db: Db,
  filter: Filter,
  limit: number,
  ids: readonly string[] | undefined,
): Promise<number> {
  const counted = db
    .select({ one: sql`1`.as('one') })
    .from(users)
    .where(and(...conditions(filter), ids && isAmong(ids)))
    .orderBy(...(ids ? [] : [users.createdAt, users.id]))
    .limit(limit)
    .as('counted');
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(counted);
  return row?.count ?? 0;
}

/** How many the planner expects, from statistics. Reads no rows. */
export async function estimateUsers(db: Db, filter: Filter): Promise<number> {
  const found = and(...conditions(filter)) ?? sql`true`;
  const answer: unknown = await db.execute(sql`explain (format json) select 1 from ${users} where ${found}`);
  // postgres.js answers with an array, PGlite with an object around one; JSON as text or parsed.
  const [row] = (Array.isArray(answer) ? answer : (answer as { rows: unknown[] }).rows) as Record<string, unknown>[];
  const plan = row?.['QUERY PLAN'];
  const [{ Plan }] = (typeof plan === 'string' ? JSON.parse(plan) : plan) as [{ Plan: { 'Plan Rows': number } }];
  return Math.round(Plan['Plan Rows']);
}
