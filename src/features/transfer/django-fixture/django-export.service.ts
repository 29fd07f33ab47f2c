import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../core/clock.ts';
import type { Db } from '../../../infra/db/client.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { RecoveryCodes } from '../../factors/recovery-code.service.ts';
import type { TotpFactors } from '../../factors/totp.service.ts';
import { type ExportedRow, findAccounts, listAccounts } from '../export.repo.ts';
import { type ExportedAccount, toExported } from '../exported-accounts.ts';
import { isUserModel, toKey } from '../formats/django.ts';
import type { Entry } from '../formats/entries.ts';
import { type AccountField, type ColumnMap, isRecord, own, UnreadableFile } from '../rows.ts';
import { ADDRESS_MODEL, type AllauthRows, createAllauthRows, SOCIAL_MODEL } from './allauth-rows.ts';
import { type PrimaryKeys, toPk } from './keys.ts';
import { toDjangoHash, unusablePassword } from './password.ts';
import { type Fields, newUsername, userFields } from './user-fields.ts';

/** An object of a fixture. Without a primary key, Django creates one. */
export interface FixtureObject {
  model: string;
  pk?: string | number;
  fields: Fields;
}

export interface DjangoExportRequest {
  withHashes: boolean;
  keys: PrimaryKeys;
  /** The dump of the Django project: its columns are kept. */
  dump: (() => AsyncIterable<Entry[]>) | undefined;
  /** app.model; by default the user model of the dump, or auth.user. */
  model: string | undefined;
  map: ColumnMap;
  write(objects: FixtureObject[]): Promise<void>;
  /** Called with what the fixture does not contain. */
  onProblem(problem: { key: string; id: string; field: string; reason: string }): void;
}

/**
 * Writes all accounts as objects that Django's loaddata reads, with an audit event. Returns how many accounts. loaddata replaces
 * whole rows, so users of the dump keep the columns that we do not have.
 */
export type ExportToDjango = (request: DjangoExportRequest) => Promise<number>;

/** Accounts. */
const PAGE_SIZE = 500;
const DEFAULT_MODEL = 'auth.user';

interface Dependencies {
  db: Db;
  audit: Audit;
  clock: Clock;
  totp: Pick<TotpFactors, 'unseal'>;
  recoveryCodes: Pick<RecoveryCodes, 'keyIds'>;
}

export function createDjangoExport({ db, audit, clock, totp, recoveryCodes }: Dependencies): ExportToDjango {
  return async (request) => {
    const { keys, write, withHashes } = request;
    const allauth = createAllauthRows(clock.now());
    const fixture = createFixture(request, allauth);
    let accounts = 0;
    let outcome: 'completed' | 'failed' = 'failed';

    const find = async (ids: readonly string[]) => {
      const found = await toExported({ db, totp, recoveryCodes }, await findAccounts(db, ids), withHashes);
      return new Map(found.map((account) => [account.id, account]));
    };

    try {
      for await (const entries of request.dump?.() ?? []) {
        for (let at = 0; at < entries.length; at += PAGE_SIZE) {
          const rows = entries.slice(at, at + PAGE_SIZE).flatMap(fixture.readDump);
          const found = await find(rows.flatMap(({ owner }) => keys.findId(owner) ?? []));
          await write(rows.flatMap((row) => fixture.update(row, found.get(keys.findId(row.owner) ?? '')) ?? []));
        }
      }
      let last: string | undefined;
      do {
        const rows: ExportedRow[] = await listAccounts(db, last, PAGE_SIZE);
        last = rows.at(-1)?.user.id;
        await write((await toExported({ db, totp, recoveryCodes }, rows, withHashes)).flatMap(fixture.complete));
        accounts += rows.length;
      } while (last !== undefined);
      outcome = 'completed';
    } finally {
      const detail = { format: 'django', accounts, withHashes };
      await audit.record(db, { type: 'user-export', outcome, method: 'command-line', detail });
    }
    return accounts;
  };
}

interface DumpRow {
  model: string;
  pk: unknown;
  key: string;
  fields: Fields;
  /** The primary key of its user. */
  owner: string;
}

function createFixture({ keys, dump, map, onProblem, ...request }: DjangoExportRequest, allauth: AllauthRows) {
  let model = request.model?.toLowerCase();
  let known: Set<string> | undefined;
  const written = new Set<string>();
  const random = () => randomBytes(30).toString('base64url');

  function readDump(entry: Entry): DumpRow[] {
    if (!('record' in entry)) throw new UnreadableFile(`row ${entry.number} of the dump: ${entry.reason}`);
    const { record } = entry;
    const [name, fields, key] = [
      String(own(record, 'model')).toLowerCase(),
      own(record, 'fields'),
      toKey(own(record, 'pk')),
    ];
    if (!isRecord(fields)) return [];
    if (!model && isUserModel(fields)) model = name;
    const isUser = name === model;
    if (isUser && key === undefined)
      throw new UnreadableFile('the dump has no primary keys: dump without --natural-primary');
    if (isUser && key !== undefined) keys.note(key);
    const isAllauth = name === ADDRESS_MODEL || name === SOCIAL_MODEL;
    if (isAllauth) allauth.note(name, own(record, 'pk'));
    const owner = isUser ? key : isAllauth ? toKey(own(fields, 'user')) : undefined;
    if (owner?.startsWith('[')) throw new UnreadableFile('the dump has natural keys: dump without --natural-foreign');
    return owner === undefined || key === undefined ? [] : [{ model: name, pk: own(record, 'pk'), key, fields, owner }];
  }

  function toDjangoPassword(account: ExportedAccount, base: Fields): string {
    const stored = account.passwordHash;
    if (typeof stored !== 'string')
      return !request.withHashes && base.password ? String(base.password) : unusablePassword(random);
    const hash = toDjangoHash(stored);
    if (hash !== undefined) return hash;
    onProblem({ key: keys.findKey(account.id) ?? '', id: account.id, field: 'passwordHash', reason: NO_HASHER });
    return unusablePassword(random);
  }

  const reportMissing = (account: ExportedAccount) => (field: AccountField) =>
    onProblem({ key: keys.findKey(account.id) ?? '', id: account.id, field, reason: NO_COLUMN });

  const toUser = (account: ExportedAccount, base: Fields) =>
    userFields(account, base, { map, known, onMissing: reportMissing(account) }, toDjangoPassword(account, base));

  /** The row of the dump with what has changed. */
  function update(
    { model: name, pk, key, fields, owner }: DumpRow,
    account: ExportedAccount | undefined,
  ): FixtureObject[] {
    const object = { model: name, pk: pk as string | number }; // Other keys have no owner.
    const id = keys.findId(owner);
    if (name !== model) {
      const row = account && allauth.update(name, fields, account);
      if (account && !row) onProblem({ key, id: account.id, field: name, reason: UNLINKED });
      return row ? [{ ...object, fields: row }] : [];
    }
    known ??= new Set(Object.keys(fields));
    if (account) {
      written.add(account.id);
      return [{ ...object, fields: toUser(account, fields) }];
    }
    onProblem({ key, id: id ?? '', field: '', reason: id === undefined ? NOT_IMPORTED : DELETED });
    // The owner, or an administrator, has deleted the account: its old password must not work again.
    return id === undefined
      ? []
      : [{ ...object, fields: { ...fields, is_active: false, password: unusablePassword(random) } }];
  }

  /** What the dump does not have: a new user, and rows of django-allauth. */
  function complete(account: ExportedAccount): FixtureObject[] {
    const name = model ?? DEFAULT_MODEL;
    const key = keys.findKey(account.id);
    const isNew = key === undefined && !written.has(account.id);
    const pk = key !== undefined ? toPk(key) : isNew ? keys.newKey(account.id) : account.id;
    const objects: FixtureObject[] = [];
    if (!written.has(account.id)) {
      const hasUsername = known?.has('username') ?? name === DEFAULT_MODEL;
      const base = hasUsername ? { username: newUsername(account) } : {};
      objects.push({ model: name, ...(pk !== undefined && { pk }), fields: toUser(account, base) });
    }
    if (pk !== undefined) objects.push(...allauth.missing(account, pk));
    if (account.identities.length > 0 && (pk === undefined || !allauth.has(SOCIAL_MODEL)))
      onProblem({ key: key ?? '', id: account.id, field: 'identities', reason: dump ? NO_SOCIAL_ROWS : NO_DUMP });
    if (account.secondFactors)
      onProblem({ key: key ?? '', id: account.id, field: 'secondFactors', reason: FACTORS_STAY });
    return objects;
  }

  return { readDump, update, complete };
}

const NO_HASHER = 'Django has no hasher for it: the user has to reset the password';
const NO_COLUMN = 'the user model has no column for it, or its name is not known: --map can name one';
const UNLINKED = 'its owner has unlinked it: delete this row in Django';
const NOT_IMPORTED = 'this user was not imported, and stays in Django as it is';
const DELETED = 'the account was deleted here: the user is made inactive';
const FACTORS_STAY =
  'second factors are not written: those that Django has stay valid, and the user sets up others there again';
const NO_DUMP = 'identities need the dump of the Django project (--dump)';
const NO_SOCIAL_ROWS = 'the dump has no rows of socialaccount.socialaccount, so identities are not written';
