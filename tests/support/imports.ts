import { KNOWN_ISSUERS } from '../../src/features/social/providers/registry.ts';
import type { ExportedAccount } from '../../src/features/transfer/exported-accounts.ts';
import { openSource, type SourceOptions } from '../../src/features/transfer/formats/open-source.ts';
import type { ImportCounts, ImportRules } from '../../src/features/transfer/import.ts';
import { PRESET_PHONE_PREFIX } from '../../src/features/transfer/presets/registry.ts';
import { UnreadableFile } from '../../src/features/transfer/rows.ts';
import type { TestApp } from './app.ts';

export interface ImportedText {
  counts: ImportCounts | undefined;
  /** What the file is, if it is not read. */
  unreadable: string | undefined;
  /** number, key, field, reason and outcome of each problem. */
  problems: string[];
  /** Columns and other parts that were not taken. */
  notes: string[];
  /** The account ids by the keys of the file. */
  ids: Record<string, string>;
}

type Options = Partial<Omit<SourceOptions, 'now'>> & Partial<ImportRules> & { issuers?: Record<string, string> };

/** Imports a file as `users import` does, without starting a process. */
export async function importText(
  { app }: Pick<TestApp, 'app'>,
  content: string | Buffer,
  { format = 'jsonl', columns = {}, model, delimiter, firebaseHashConfig, issuers, ...rules }: Options = {},
): Promise<ImportedText> {
  const imported: ImportedText = { counts: undefined, unreadable: undefined, problems: [], notes: [], ids: {} };
  async function* open() {
    // In two chunks, so that nothing depends on how the file is read.
    const bytes = Buffer.from(content);
    const middle = Math.ceil(bytes.length / 2);
    yield bytes.subarray(0, middle);
    yield bytes.subarray(middle);
  }
  const phonePrefix = PRESET_PHONE_PREFIX[format] ?? '';
  try {
    imported.counts = await app.services.importAccounts({
      source: openSource(open, { format, columns, model, delimiter, firebaseHashConfig, now: new Date() }),
      rules: { emailVerified: false, phoneVerified: false, phonePrefix, lenient: false, ...rules },
      issuers: { ...KNOWN_ISSUERS, ...issuers },
      dryRun: false,
      format,
      onProblem: ({ number, key }, { field, reason }, isRejected) =>
        void imported.problems.push([number, key, field, reason, isRejected ? 'refused' : 'left out'].join()),
      onNote: (name, reason) => void imported.notes.push(`${name}: ${reason}`),
      onAccount: ({ number, key }, id) => {
        imported.ids[key ?? String(number)] = id;
      },
      onProgress: () => {},
    });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    imported.unreadable = error.message;
  }
  return imported;
}

/** The accounts as an export has them, by address, or by number or id if they have none. */
export async function exportedAccounts({ app }: Pick<TestApp, 'app'>): Promise<Record<string, ExportedAccount>> {
  const accounts: Record<string, ExportedAccount> = {};
  await app.services.exportAccounts({
    withHashes: true,
    format: 'jsonl',
    async write(page) {
      for (const account of page) accounts[String(account.email ?? account.phone ?? account.id)] = account;
    },
  });
  return accounts;
}
