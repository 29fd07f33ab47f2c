import './engine.ts';

import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { isIssuer } from '../features/transfer/external-identity.ts';
import { csv } from '../features/transfer/formats/csv.ts';
import { djangoDump } from '../features/transfer/formats/django.ts';
import { jsonLines } from '../features/transfer/formats/json-lines.ts';
import type { ImportCounts } from '../features/transfer/import.service.ts';
import {
  ACCOUNT_FIELDS,
  type AccountField,
  type ColumnMap,
  type OpenFile,
  type RowSource,
  UnreadableFile,
} from '../features/transfer/rows.ts';
import { complain, EXIT, type ExitCode, Stop, say } from './exit.ts';
import { openList } from './private-file.ts';
import { createProgress } from './progress.ts';
import { withServices } from './with-app.ts';

interface Options {
  format?: 'django' | 'csv' | 'jsonl';
  dryRun?: boolean;
  map?: Record<string, string>;
  model?: string;
  emailVerified?: boolean;
  phoneVerified?: boolean;
  phonePrefix?: string;
  issuer?: Record<string, string>;
  delimiter?: string;
  lenient?: boolean;
  report?: string;
  ids?: string;
}

const READ_AT_ONCE = 256 * 1024;

export async function runImport(file: string, options: Options): Promise<ExitCode> {
  const format = options.format ?? FORMATS[extname(file).toLowerCase()];
  if (!format) throw new Stop(EXIT.usage, `what is in ${basename(file)}? Say it with --format`);
  const columns = columnsOf(options);
  const issuers = issuersOf(options);
  const size = sizeOf(file);
  const reportPath = options.report ?? `${file}.refused.csv`;
  if ([reportPath, options.ids].some((path) => path !== undefined && resolve(path) === resolve(file)))
    throw new Stop(EXIT.usage, 'what is read would be written over: --report and --ids name other files');
  const progress = createProgress(size);
  const open: OpenFile = () => progress.count(createReadStream(file, { highWaterMark: READ_AT_ONCE }));
  const source = sourceOf(format, open, columns, options);

  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const report = openList(reportPath, 'row,key,field,reason,outcome');
  const ids = options.ids === undefined ? undefined : openList(options.ids, 'key,id');
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
          phonePrefix: options.phonePrefix ?? '',
          lenient: options.lenient === true,
        },
        onTrouble: ({ number, key }, { field, reason }, isRefused) =>
          report.add([String(number), key ?? '', field ?? '', reason, isRefused ? 'refused' : 'left out']),
        ...(ids && { onAccount: ({ number, key }, id) => ids.add([key ?? String(number), id]) }),
        onProgress: progress.show,
        signal: stop.signal,
      }),
    );
    progress.end();
    tell(counts, options.dryRun === true, report.path());
    if (counts.rows === 0) throw new Stop(EXIT.data, 'there are no accounts in the file');
    return counts.refused > 0 ? EXIT.data : EXIT.ok;
  } catch (error) {
    progress.end();
    if (error instanceof UnreadableFile) throw new Stop(EXIT.data, error.message);
    if (stop.signal.aborted) throw new Stop(EXIT.interrupted, 'stopped; what is in stays, and the same again goes on');
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    report.close();
    ids?.close();
  }
}

const FORMATS: Partial<Record<string, 'django' | 'csv' | 'jsonl'>> = {
  '.json': 'django',
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

function sourceOf(format: string, open: OpenFile, columns: ColumnMap, { model, delimiter = ',' }: Options): RowSource {
  if (format === 'django') return djangoDump(open, { columns, model });
  if (format === 'jsonl') return jsonLines(open, columns);
  if (!/^[\t -~]$/.test(delimiter) || delimiter === '"') throw new Stop(EXIT.usage, 'a delimiter is one character');
  return csv(open, columns, delimiter);
}

function columnsOf({ map = {} }: Options): ColumnMap {
  const isField = (name: string): name is AccountField => (ACCOUNT_FIELDS as readonly string[]).includes(name);
  const unknown = Object.keys(map).find((name) => !isField(name));
  if (unknown !== undefined)
    throw new Stop(EXIT.usage, `there is no field ${unknown}; there are ${ACCOUNT_FIELDS.join(', ')}`);
  return map;
}

function issuersOf({ issuer = {} }: Options): Record<string, string> {
  const wrong = Object.values(issuer).find((url) => !isIssuer(url));
  if (wrong !== undefined) throw new Stop(EXIT.usage, `${wrong} is no issuer: it begins with https://`);
  return issuer;
}

/** Bytes. */
function sizeOf(file: string): number {
  try {
    const found = statSync(file);
    accessSync(file, constants.R_OK);
    if (found.isFile()) return found.size;
  } catch {
    // Said below.
  }
  throw new Stop(EXIT.noInput, `${file} cannot be read; it must be a file, because it is read more than once`);
}

function tell(counts: ImportCounts, dryRun: boolean, report: string | undefined): void {
  const { rows, created, present, refused, identities, leftOut } = counts;
  const done = dryRun ? 'would be created' : 'created';
  say(`${rows} accounts read: ${created} ${done}, ${present} were there already, ${refused} rows refused`);
  if (identities > 0) say(`${identities} identities at other providers ${done}`);
  if (leftOut > 0) say(`${leftOut} fields left out`);
  if (report) complain(`what was refused and why: ${report}`);
}
