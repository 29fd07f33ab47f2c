import { mapProfile } from '../../accounts/profile.ts';
import { PROFILE_FIELDS } from '../../accounts/profile-fields.ts';
import { type Cutter, cutElements, cutLines, type Piece } from '../pieces.ts';
import {
  ACCOUNT_FIELDS,
  type AccountField,
  type ColumnMap,
  isRecord,
  type OpenFile,
  own,
  type Row,
  type RowSource,
  UnreadableFile,
} from '../rows.ts';
import { parseObject, withoutMark } from './json.ts';

/** Column names of Django's user model and common others. The first that a row has is used. */
const DEFAULT_COLUMNS: Partial<Record<AccountField, readonly string[]>> = {
  email: ['email'],
  phone: ['phone', 'phone_number'],
  passwordHash: ['password'],
  ...mapProfile((name) => PROFILE_FIELDS[name].importedFrom),
  isActive: ['is_active'],
  createdAt: ['date_joined'],
  lastLoginAt: ['last_login'],
};

/** Every user model has these two fields (AbstractBaseUser). */
const isUserModel = (fields: Record<string, unknown>): boolean =>
  Object.hasOwn(fields, 'password') && Object.hasOwn(fields, 'last_login');

interface Options {
  columns: ColumnMap;
  /** app.model; by default the only user model in the file. */
  model: string | undefined;
}

/**
 * The output of `manage.py dumpdata` as json or jsonl: users, and django-allauth's verified addresses and social accounts.
 * Other models are ignored.
 */
export function djangoDump(open: OpenFile, { columns, model: wanted }: Options): RowSource {
  let model = wanted?.toLowerCase();

  function parseRow(piece: Piece, number: number): Row | undefined {
    const entry = parseObject(piece);
    const refuse = (reason: string): Row => ({ kind: 'refused', number, reason });
    if (typeof entry === 'string') return refuse(entry);
    const fields = own(entry, 'fields');
    const written = own(entry, 'model');
    if (!isRecord(fields) || typeof written !== 'string') return refuse('not an object of a Django dump');
    const name = written.toLowerCase(); // Labels of apps keep their letter case, and --model may differ in it.
    const key = toKey(own(entry, 'pk'));

    if (name === 'account.emailaddress') {
      const [owner, email] = [toKey(own(fields, 'user')), own(fields, 'email')];
      if (!owner || typeof email !== 'string' || own(fields, 'verified') !== true) return undefined;
      return { kind: 'verification', number, key, owner, email };
    }
    if (name === 'socialaccount.socialaccount') {
      const owner = toKey(own(fields, 'user'));
      if (!owner) return refuse('belongs to no user');
      return { kind: 'identity', number, key, owner, provider: own(fields, 'provider'), subject: own(fields, 'uid') };
    }
    if (!model && isUserModel(fields)) model = name;
    if (name === model) return { kind: 'account', number, key, values: readValues(fields, own(entry, 'pk'), columns) };
    if (!wanted && isUserModel(fields))
      throw new UnreadableFile(`the file has two user models, ${model} and ${name}: choose one with --model`);
    return undefined;
  }

  return {
    async *read() {
      let cutter: Cutter | undefined;
      let number = 0;
      const parseRows = (pieces: Piece[]): Row[] =>
        pieces
          .filter((piece) => piece.length > 0)
          .map((piece) => parseRow(piece, ++number))
          .filter((row) => row !== undefined);
      for await (const chunk of withoutMark(open())) {
        cutter ??= chunk.toString('latin1').trimStart().startsWith('{') ? cutLines() : cutElements();
        yield parseRows(cutter.feed(chunk));
      }
      yield parseRows((cutter ?? cutElements()).end());
    },
  };
}

function readValues(fields: Record<string, unknown>, key: unknown, columns: ColumnMap) {
  const values: Partial<Record<AccountField, unknown>> = {};
  for (const field of ACCOUNT_FIELDS) {
    const named = columns[field];
    const name = named ?? DEFAULT_COLUMNS[field]?.find((column) => Object.hasOwn(fields, column)) ?? '';
    const value = name === 'pk' ? key : own(fields, name);
    if (value !== undefined) values[field] = value;
  }
  if (columns.roles === undefined) values.roles = readRoles(fields);
  return values;
}

/** A superuser becomes an administrator. */
function readRoles(fields: Record<string, unknown>): string {
  if (own(fields, 'is_superuser') === true) return 'STAFF ADMIN';
  return own(fields, 'is_staff') === true ? 'STAFF' : '';
}

/** A primary key as text. A natural key is a list. */
function toKey(key: unknown): string | undefined {
  if (typeof key === 'string' || typeof key === 'number') return String(key);
  return Array.isArray(key) ? JSON.stringify(key) : undefined;
}
