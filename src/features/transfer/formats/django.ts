import { mapProfile } from '../../accounts/profile.ts';
import { PROFILE_FIELDS } from '../../accounts/profile-fields.ts';
import { cutElements, cutLines, type Piece } from '../pieces.ts';
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

/** What Django's own user model and most others call things. The first that a row has counts. */
const USUAL: Partial<Record<AccountField, readonly string[]>> = {
  email: ['email'],
  phone: ['phone', 'phone_number'],
  passwordHash: ['password'],
  ...mapProfile((name) => PROFILE_FIELDS[name].importedFrom),
  isActive: ['is_active'],
  createdAt: ['date_joined'],
  lastLoginAt: ['last_login'],
};

/** Every model that people sign in as has these two (AbstractBaseUser). */
const isUserModel = (fields: Record<string, unknown>): boolean =>
  Object.hasOwn(fields, 'password') && Object.hasOwn(fields, 'last_login');

interface Options {
  columns: ColumnMap;
  /** app.model; undefined: the only one in the file that looks like it. */
  model: string | undefined;
}

/**
 * What `manage.py dumpdata` writes, as json or as jsonl: users, and of django-allauth the addresses that were proved and
 * the accounts at providers. Other models are passed over.
 */
export function djangoDump(open: OpenFile, { columns, model: wanted }: Options): RowSource {
  let model = wanted?.toLowerCase();

  function rowOf(piece: Piece, number: number): Row | undefined {
    const entry = parseObject(piece);
    const refuse = (reason: string): Row => ({ kind: 'refused', number, reason });
    if (typeof entry === 'string') return refuse(entry);
    const fields = own(entry, 'fields');
    const written = own(entry, 'model');
    if (!isRecord(fields) || typeof written !== 'string') return refuse('it is not an object of a Django dump');
    const name = written.toLowerCase(); // An app's label keeps its letter case, and people write User.
    const key = keyOf(own(entry, 'pk'));

    if (name === 'account.emailaddress') {
      const [owner, email] = [keyOf(own(fields, 'user')), own(fields, 'email')];
      if (!owner || typeof email !== 'string' || own(fields, 'verified') !== true) return undefined;
      return { kind: 'proof', number, key, owner, email };
    }
    if (name === 'socialaccount.socialaccount') {
      const owner = keyOf(own(fields, 'user'));
      if (!owner) return refuse('it belongs to no user');
      return { kind: 'identity', number, key, owner, provider: own(fields, 'provider'), subject: own(fields, 'uid') };
    }
    if (!model && isUserModel(fields)) model = name;
    if (name === model) return { kind: 'account', number, key, values: valuesOf(fields, own(entry, 'pk'), columns) };
    if (!wanted && isUserModel(fields))
      throw new UnreadableFile(`people sign in as ${model} and as ${name}: say which to import with --model`);
    return undefined;
  }

  return {
    async *read() {
      let cutter: ReturnType<typeof cutLines> | undefined;
      let number = 0;
      const rowsOf = (pieces: Piece[]): Row[] =>
        pieces
          .filter((piece) => piece.length > 0)
          .map((piece) => rowOf(piece, ++number))
          .filter((row) => row !== undefined);
      for await (const chunk of withoutMark(open())) {
        cutter ??= chunk.toString('latin1').trimStart().startsWith('{') ? cutLines() : cutElements();
        yield rowsOf(cutter.feed(chunk));
      }
      yield rowsOf((cutter ?? cutElements()).end());
    },
  };
}

function valuesOf(fields: Record<string, unknown>, key: unknown, columns: ColumnMap) {
  const values: Partial<Record<AccountField, unknown>> = {};
  for (const field of ACCOUNT_FIELDS) {
    const named = columns[field];
    const name = named ?? USUAL[field]?.find((usual) => Object.hasOwn(fields, usual)) ?? '';
    const value = name === 'pk' ? key : own(fields, name);
    if (value !== undefined) values[field] = value;
  }
  if (columns.roles === undefined) values.roles = rolesOf(fields);
  return values;
}

/** A superuser may do everything here as there; staff may look. */
function rolesOf(fields: Record<string, unknown>): string {
  if (own(fields, 'is_superuser') === true) return 'STAFF ADMIN';
  return own(fields, 'is_staff') === true ? 'STAFF' : '';
}

/** A primary key as text. With natural keys it is a list. */
function keyOf(key: unknown): string | undefined {
  if (typeof key === 'string' || typeof key === 'number') return String(key);
  return Array.isArray(key) ? JSON.stringify(key) : undefined;
}
