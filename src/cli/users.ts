import { type Command, InvalidArgumentError, Option } from 'commander';
import { ACCOUNT_FIELDS } from '../features/transfer/rows.ts';

/** @param setExitCode hears of an import that refused rows */
export function addUsers(users: Command, setExitCode: (code: number) => void): void {
  users
    .command('import')
    .description('import accounts with their password hashes; what is there already stays as it is')
    .argument('<file>', "Django's dumpdata, CSV with a header, or JSON lines")
    .addOption(
      new Option('--format <format>', 'of the file; by default what its name ends with').choices([
        'django',
        'csv',
        'jsonl',
      ]),
    )
    .option('--dry-run', 'say what would happen and write nothing')
    .option('--map <field=column>', 'which column holds a field; an empty one: none. May be repeated', pair, {})
    .option('--model <app.model>', "Django: the user model, when the dump has several people's")
    .option('--email-verified', 'every address of the file was proved by its owner')
    .option('--phone-verified', 'every number of the file was proved by its owner')
    .option('--phone-prefix <text>', 'what to put before numbers without a plus, such as + or +998', '')
    .option('--issuer <provider=url>', 'the OpenID issuer of a social provider. May be repeated', pair, {})
    .option('--delimiter <character>', 'CSV: between two columns', ',')
    .option('--lenient', 'leave out what is wrong with an account, its hash too, when its owner can still be reached')
    .option('--report <file>', 'where refused rows are listed (default: <file>.refused.csv)')
    .option('--ids <file>', 'write which account each row has become, as CSV of the key in the file and our id')
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, options: object) =>
      setExitCode(await (await import('./users-import.ts')).runImport(file, options)),
    );

  users
    .command('export')
    .description('write every account as `users import` reads it')
    .argument('[file]', 'standard output when it is left out')
    .addOption(new Option('--format <format>', 'of the file').choices(['csv', 'jsonl']).default('jsonl'))
    .option('--with-hashes', 'the password hashes too: whoever has the file can guess at them for ever')
    .addHelpText('after', '\nIdentities at social providers are in JSON lines only.')
    .action(async (file: string | undefined, options: object) =>
      (await import('./users-export.ts')).runExport(file, options),
    );
}

/** name=value; the value may be empty. */
function pair(text: string, earlier: Record<string, string>): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It is not two names with a = between.');
  return { ...earlier, [name]: value };
}

const FIELDS_PER_LINE = 10;

const IMPORT_HELP = `
Fields: ${ACCOUNT_FIELDS.slice(0, FIELDS_PER_LINE).join(' ')}
        ${ACCOUNT_FIELDS.slice(FIELDS_PER_LINE).join(' ')}
CSV and JSON lines have them as columns; Django's names are known, others are mapped:
  latchkey users import users.json --map phone=mobile --map companyName=organisation
An address or a number that stands in two rows is taken from neither. docs/moving-from-django.md is the guide.`;
