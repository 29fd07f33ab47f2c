import type { ExportedAccount } from '../exported-accounts.ts';
import type { Fields } from './user-fields.ts';

export const ADDRESS_MODEL = 'account.emailaddress';
export const SOCIAL_MODEL = 'socialaccount.socialaccount';

/** django-allauth's rows: what the dump has, brought up to date, and what it lacks. */
export interface AllauthRows {
  /** Remembers a row of the dump: new rows get the next primary keys, so that a fixture can be loaded twice. */
  note(model: string, pk: unknown): void;
  /** The row for the fixture; undefined if the account no longer has the identity. */
  update(model: string, fields: Fields, account: ExportedAccount): Fields | undefined;
  /** The rows that an account lacks. @param user its primary key */
  missing(account: ExportedAccount, user: string | number): { model: string; pk?: number; fields: Fields }[];
  /** Whether the dump has rows of the model. */
  has(model: string): boolean;
}

export function createAllauthRows(now: Date): AllauthRows {
  /** The highest primary key of each model; undefined if they are not numbers. */
  const highest = new Map<string, number | undefined>();
  const seen = new Set<string>();
  let extraData: unknown = {};

  function updateAddress(fields: Fields, account: ExportedAccount): Fields {
    const isCurrent = String(fields.email).trim().toLowerCase() === account.email;
    if (isCurrent) seen.add(`${account.id} email`);
    if (isCurrent) return { ...fields, verified: account.emailVerified, primary: true };
    // It was the address of the account, and its owner has changed it.
    return fields.primary === true ? { ...fields, verified: false, primary: false } : fields;
  }

  function create(model: string, fields: Fields) {
    const last = highest.get(model);
    if (last === undefined) return { model, fields };
    highest.set(model, last + 1);
    return { model, pk: last + 1, fields };
  }

  return {
    has: (model) => highest.has(model),

    note(model, pk) {
      const before = highest.has(model) ? highest.get(model) : 0;
      highest.set(model, before !== undefined && typeof pk === 'number' ? Math.max(before, pk) : undefined);
    },

    update(model, fields, account) {
      if (model === ADDRESS_MODEL) return updateAddress(fields, account);
      if (typeof fields.extra_data === 'string') extraData = '{}';
      const { provider, uid } = fields;
      const found = account.identities.find((one) => one.provider === provider && one.subject === String(uid));
      if (found) seen.add(`${account.id} ${found.issuer} ${found.subject}`);
      return found && fields;
    },

    missing(account, user) {
      const rows: ReturnType<typeof create>[] = [];
      if (highest.has(ADDRESS_MODEL) && account.email && !seen.has(`${account.id} email`)) {
        const { email, emailVerified: verified } = account;
        rows.push(create(ADDRESS_MODEL, { user, email, verified, primary: true }));
      }
      if (!highest.has(SOCIAL_MODEL)) return rows;
      // loaddata does not fill in these times.
      const times = { last_login: now.toISOString(), date_joined: now.toISOString() };
      for (const { provider, issuer, subject: uid } of account.identities)
        if (!seen.has(`${account.id} ${issuer} ${uid}`))
          rows.push(create(SOCIAL_MODEL, { user, provider, uid, ...times, extra_data: extraData }));
      return rows;
    },
  };
}
