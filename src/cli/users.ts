import { type Command, InvalidArgumentError, Option } from 'commander';
import { MAPPED_FIELDS } from '../features/transfer/columns.ts';
import { IMPORT_FORMATS } from '../features/transfer/formats/formats.ts';

/** @param setExitCode called if an import rejected rows */
export function addUsers(users: Command, setExitCode: (code: number) => void): void {
  users
    .command('import')
    .description('import accounts with their password hashes; existing accounts are not changed')
    .argument('<file>', "Django's dumpdata, CSV with a header, JSON lines, or another system's export; also as .gz")
    .addOption(
      new Option('--format <format>', 'format of the file; by default from its extension').choices(IMPORT_FORMATS),
    )
    .option('--dry-run', 'report what would happen, without writing anything')
    .option(
      '--map <field=column>',
      'column of a field, or its path such as user_metadata.name; empty to ignore the field. Repeatable',
      parsePair,
      {},
    )
    .option('--model <app.model>', 'Django: the user model, if the dump has more than one')
    .option('--email-verified', 'all email addresses in the file are verified')
    .option('--phone-verified', 'all phone numbers in the file are verified')
    .option('--phone-prefix <text>', 'prefix for phone numbers without a plus, such as + or +998')
    .option('--issuer <provider=url>', 'the OpenID issuer of a social provider. Repeatable', parsePair, {})
    .option('--delimiter <character>', 'CSV: column delimiter; by default detected')
    .option('--firebase-hash-config <file>', 'Firebase: file with the password hash parameters of the console')
    .option('--lenient', 'leave out invalid fields, including the hash, if the user can still be reached')
    .option('--report <file>', 'file for rejected rows (default: <file>.refused.csv)')
    .option('--ids <file>', 'write a CSV file that maps keys of the imported file to account ids')
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, options: object) =>
      setExitCode(await (await import('./users-import.ts')).runImport(file, options)),
    );

  users
    .command('export')
    .description('write all accounts in a format that `users import` reads')
    .argument('[file]', 'output file; by default standard output')
    .addOption(
      new Option('--format <format>', 'format of the file').choices(['csv', 'jsonl', 'django']).default('jsonl'),
    )
    .option('--with-hashes', 'include password hashes, which can be attacked offline, and secrets of second factors')
    .option('--ids <file>', 'Django: the file with primary keys and ids that the import wrote')
    .option('--dump <file>', 'Django: a dump of the users, whose other columns are kept')
    .option('--model <app.model>', 'Django: the user model; by default that of the dump, or auth.user')
    .option('--map <field=column>', 'Django: column of a field, as in the import. Repeatable', parsePair, {})
    .option('--report <file>', 'Django: file for what the fixture does not contain (default: <file>.left-out.csv)')
    .addHelpText('after', '\nCSV does not include identities at social providers and second factors.')
    .action(async (file: string | undefined, options: object) =>
      (await import('./users-export.ts')).runExport(file, options),
    );
}

/** Parses name=value; the value may be empty. */
function parsePair(text: string, earlier: Record<string, string>): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Use the form name=value.');
  return { ...earlier, [name]: value };
}

const FIELDS_PER_LINE = 10;

const IMPORT_HELP = `
Fields: ${MAPPED_FIELDS.slice(0, FIELDS_PER_LINE).join(' ')}
        ${MAPPED_FIELDS.slice(FIELDS_PER_LINE).join(' ')}
CSV and JSON lines use these names. Django's names are mapped automatically; map others:
  latchkey users import users.json --map phone=mobile --map companyName=organisation
Rows with the same email address or verified number are rejected. See docs/moving-from-django.md and docs/importing.md.`;
