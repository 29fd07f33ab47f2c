import { type ColumnReader, createColumnReader, noteRow } from '../columns.ts';
import {
  type ColumnMap,
  isRecord,
  type NoteRow,
  type OpenFile,
  own,
  type Row,
  type RowSource,
  UnreadableFile,
} from '../rows.ts';
import { acceptsColumn, DJANGO_COLUMNS } from './django-columns.ts';
import { readFactorRow } from './django-factors.ts';
import type { Entry } from './entries.ts';
import { jsonEntries } from './json.ts';

/** Every user model has these two fields (AbstractBaseUser). */
export const isUserModel = (fields: Record<string, unknown>): boolean =>
  Object.hasOwn(fields, 'password') && Object.hasOwn(fields, 'last_login');

interface Options {
  columns: ColumnMap;
  /** app.model; by default the only user model in the file. */
  model: string | undefined;
}

/**
 * The output of `manage.py dumpdata` as json or jsonl: users, django-allauth's addresses and social accounts, and
 * second factors of django-otp and django-allauth. Other models
 * are only named.
 */
export function djangoDump(open: OpenFile, { columns: map, model: wanted }: Options): RowSource {
  let model = wanted?.toLowerCase();

  function parseUser(
    reader: ColumnReader,
    entry: Record<string, unknown>,
    fields: Record<string, unknown>,
    number: number,
  ): Row {
    const { is_superuser: _, is_staff: __, ...others } = fields;
    const record = map.roles === undefined ? others : fields;
    const pk = own(entry, 'pk');
    const isKeyUsed = Object.values(map).includes('pk') && !Object.hasOwn(fields, 'pk');
    const { values, identities } = reader.read(isKeyUsed ? { ...record, pk } : record);
    if (map.roles === undefined) values.roles = readRoles(fields);
    // A dump with --natural-primary has no primary keys.
    const key = toKey(pk) ?? toKey(own(fields, 'username')) ?? toKey(values.email) ?? toKey(values.phone);
    return { kind: 'account', number, key, values, identities, fields };
  }

  function parseRow(reader: ColumnReader, entry: Entry): Row | undefined {
    const { number } = entry;
    const refuse = (reason: string): Row => ({ kind: 'refused', number, reason });
    if (!('record' in entry)) return refuse(entry.reason);
    const fields = own(entry.record, 'fields');
    const written = own(entry.record, 'model');
    if (!isRecord(fields) || typeof written !== 'string') return refuse('not an object of a Django dump');
    const name = written.toLowerCase(); // Labels of apps keep their letter case, and --model may differ in it.
    const key = toKey(own(entry.record, 'pk'));

    if (name === 'account.emailaddress') {
      const [owner, email] = [toKey(own(fields, 'user')), own(fields, 'email')];
      if (!owner || typeof email !== 'string') return refuse('belongs to no user');
      return { kind: 'address', number, key, owner, email, isVerified: own(fields, 'verified') === true };
    }
    if (name === 'socialaccount.socialaccount') {
      const owner = toKey(own(fields, 'user'));
      if (!owner) return refuse('belongs to no user');
      return { kind: 'identity', number, key, owner, provider: own(fields, 'provider'), subject: own(fields, 'uid') };
    }
    const factor = readFactorRow(name, fields, { number, key }, toKey);
    if (factor) return factor;
    if (!model && isUserModel(fields)) model = name;
    if (name === model) return parseUser(reader, entry.record, fields, number);
    if (!wanted && isUserModel(fields))
      throw new UnreadableFile(`the file has two user models, ${model} and ${name}: choose one with --model`);
    reader.noteRow(`model ${name}`);
    return undefined;
  }

  return {
    async *read() {
      const reader = createColumnReader({ map, defaults: DJANGO_COLUMNS, accepts: acceptsColumn });
      const notes: NoteRow[] = [];
      const onSkipped = (lines: number) =>
        void notes.push(noteRow('', `${lines} lines of other text before the JSON were skipped`));
      for await (const entries of jsonEntries(open, { onSkipped }))
        yield entries.map((entry) => parseRow(reader, entry)).filter((row) => row !== undefined);
      yield [...notes, ...reader.notes()];
    },
  };
}

/** A superuser becomes an administrator. */
function readRoles(fields: Record<string, unknown>): string {
  if (own(fields, 'is_superuser') === true) return 'STAFF ADMIN';
  return own(fields, 'is_staff') === true ? 'STAFF' : '';
}

/** A primary key as text. A natural key is a list. */
export function toKey(key: unknown): string | undefined {
  if (typeof key === 'string' || typeof key === 'number') return String(key) || undefined;
  return Array.isArray(key) ? JSON.stringify(key) : undefined;
}
