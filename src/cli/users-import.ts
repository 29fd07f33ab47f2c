import './engine.ts';

import { accessSync, constants, createReadStream, readFileSync, statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { systemClock } from '../core/clock.ts';
import { KNOWN_ISSUERS } from '../features/social/providers/registry.ts';
import { isIssuer } from '../features/transfer/external-identity.ts';
import type { ImportFormat } from '../features/transfer/formats/formats.ts';
import { openSource } from '../features/transfer/formats/open-source.ts';
import type { ImportCounts } from '../features/transfer/import.ts';
import { type FirebaseHashConfig, readFirebaseHashConfig } from '../features/transfer/presets/firebase.ts';
import { PRESET_PHONE_PREFIX } from '../features/transfer/presets/registry.ts';
import { type OpenFile, UnreadableFile } from '../features/transfer/rows.ts';
import { EXIT, type ExitCode, printError, printLine, Stop } from './exit.ts';
import { openIds } from './ids-file.ts';
import { openList } from './private-file.ts';
import { createProgress } from './progress.ts';
import { readColumns } from './users-columns.ts';
import { withServices } from './with-services.ts';

interface Options {
  format?: ImportFormat;
  dryRun?: boolean;
  map?: Record<string, string>;
  model?: string;
  emailVerified?: boolean;
  phoneVerified?: boolean;
  phonePrefix?: string;
  issuer?: Record<string, string>;
  delimiter?: string;
  firebaseHashConfig?: string;
  lenient?: boolean;
  report?: string;
  ids?: string;
}

/** Bytes. */
const READ_SIZE = 256 * 1024;

export async function runImport(file: string, options: Options): Promise<ExitCode> {
  const format = options.format ?? guessFormat(file);
  if (!format) throw new Stop(EXIT.usage, `the format of ${basename(file)} is not known: use --format`);
  const columns = readColumns(options);
  const issuers = readIssuers(options);
  const size = fileSize(file);
  const reportPath = options.report ?? `${file}.refused.csv`;
  if ([reportPath, options.ids].some((path) => path !== undefined && resolve(path) === resolve(file)))
    throw new Stop(EXIT.usage, '--report and --ids must be files other than the import');
  const progress = createProgress(size);
  const open: OpenFile = () => progress.count(createReadStream(file, { highWaterMark: READ_SIZE }));
  const source = openSource(open, {
    format,
    columns,
    model: options.model,
    delimiter: readDelimiter(options),
    firebaseHashConfig: readHashConfig(options),
    now: systemClock.now(),
  });

  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const ids = options.ids === undefined ? undefined : openIds(options.ids);
  const report = openList(reportPath, 'row,key,field,reason,outcome');
  try {
    const counts = await withServices(({ importAccounts }) =>
      importAccounts({
        source,
        format,
        issuers,
        dryRun: options.dryRun === true,
        rules: {
          emailVerified: options.emailVerified === true,
          phoneVerified: options.phoneVerified === true,
          phonePrefix: options.phonePrefix ?? PRESET_PHONE_PREFIX[format] ?? '',
          lenient: options.lenient === true,
        },
        onProblem: ({ number, key }, { field, reason }, isRejected) =>
          report.add([String(number), key ?? '', field ?? '', reason, isRejected ? 'refused' : 'left out']),
        onNote: (name, reason) => report.add(['', '', name, reason, 'left out']),
        ...(ids && { onAccount: ({ number, key }, id) => ids.add(key ?? String(number), id) }),
        onProgress: progress.show,
        signal: stop.signal,
      }),
    );
    progress.end();
    printSummary(counts, options.dryRun === true, report.path());
    if (counts.rows === 0) throw new Stop(EXIT.data, 'the file contains no accounts');
    return counts.refused > 0 ? EXIT.data : EXIT.ok;
  } catch (error) {
    progress.end();
    if (error instanceof UnreadableFile) throw new Stop(EXIT.data, error.message);
    if (stop.signal.aborted) throw new Stop(EXIT.interrupted, 'interrupted; run the same command again to continue');
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    report.close();
    ids?.close();
  }
}

const FORMATS: Partial<Record<string, ImportFormat>> = {
  '.json': 'django',
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

/** From the extension, which may be followed by .gz. */
const guessFormat = (file: string): ImportFormat | undefined =>
  FORMATS[extname(file.toLowerCase().replace(/\.gz$/, ''))];

function readDelimiter({ delimiter }: Options): string | undefined {
  if (delimiter !== undefined && (!/^[\t -~]$/.test(delimiter) || delimiter === '"'))
    throw new Stop(EXIT.usage, '--delimiter must be one character');
  return delimiter;
}

/** Firebase's parameters contain a key, so they are in a file and not on the command line. */
function readHashConfig({ firebaseHashConfig: path }: Options): FirebaseHashConfig | undefined {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Stop(EXIT.noInput, `${path} cannot be read`);
  }
  const config = readFirebaseHashConfig(text);
  if (config) return config;
  throw new Stop(EXIT.usage, `${path} has no signer key, salt separator, rounds and memory cost`);
}

function readIssuers({ issuer = {} }: Options): Record<string, string> {
  const invalid = Object.values(issuer).find((url) => !isIssuer(url));
  if (invalid !== undefined) throw new Stop(EXIT.usage, `${invalid} is not an issuer: it must begin with https://`);
  return { ...KNOWN_ISSUERS, ...issuer };
}

/** Bytes. */
function fileSize(file: string): number {
  try {
    const found = statSync(file);
    accessSync(file, constants.R_OK);
    if (found.isFile()) return found.size;
  } catch {
    // Reported below.
  }
  throw new Stop(EXIT.noInput, `${file} cannot be read; it must be a regular file, because it is read more than once`);
}

function printSummary(counts: ImportCounts, dryRun: boolean, report: string | undefined): void {
  const { rows, created, present, refused, identities, secondFactors, leftOut } = counts;
  const verb = dryRun ? 'would be created' : 'created';
  printLine(`${rows} accounts read: ${created} ${verb}, ${present} already existed, ${refused} rows rejected`);
  if (identities > 0) printLine(`${identities} identities at providers ${verb}`);
  if (secondFactors > 0) printLine(`${secondFactors} accounts with second factors ${verb}`);
  if (leftOut > 0) printLine(`${leftOut} fields left out`);
  if (report) printError(`rejected rows, left-out fields and columns that were not imported are listed in ${report}`);
}
