import { createReadStream, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Services } from '../app/services.ts';
import type { DjangoExportRequest } from '../features/transfer/django-fixture/django-export.service.ts';
import { createPrimaryKeys } from '../features/transfer/django-fixture/keys.ts';
import { jsonEntries } from '../features/transfer/formats/json.ts';
import type { ColumnMap } from '../features/transfer/rows.ts';
import { decodeText } from '../features/transfer/text/decoding.ts';
import { EXIT, printError, Stop } from './exit.ts';
import { openList } from './private-file.ts';
import { readColumns } from './users-columns.ts';

export interface DjangoOptions {
  withHashes?: boolean;
  ids?: string;
  dump?: string;
  model?: string;
  map?: Record<string, string>;
  report?: string;
}

type Output = { write(text: string): Promise<void> };

/** Writes accounts to the output. Returns how many. */
export type WriteAccounts = (services: Services, output: Output) => Promise<number>;

/** @param file the output; undefined for standard output */
export function djangoExport(file: string | undefined, options: DjangoOptions): WriteAccounts {
  const columns = readColumns(options);
  const keys = readKeys(options, columns);
  if (!options.dump)
    printError('Without --dump, loaddata resets columns that Latchkey does not have, such as user names.');

  return async ({ exportToDjango }, output) => {
    const reportPath = options.report ?? (file === undefined ? undefined : `${file}.left-out.csv`);
    const report = reportPath === undefined ? undefined : openList(reportPath, 'key,id,field,reason');
    let problems = 0;
    let isFirst = true;
    const write: DjangoExportRequest['write'] = async (objects) => {
      for (const object of objects) {
        await output.write(`${isFirst ? '[' : ','}\n${JSON.stringify(object)}`);
        isFirst = false;
      }
    };
    try {
      const accounts = await exportToDjango({
        withHashes: options.withHashes === true,
        keys,
        dump: openDump(options.dump),
        model: options.model,
        map: columns,
        write,
        onProblem({ key, id, field, reason }) {
          problems += 1;
          report?.add([key, id, field, reason]);
        },
      });
      await output.write(isFirst ? '[]\n' : '\n]\n');
      const where = report?.path() ?? 'a file that --report names';
      if (problems > 0) printError(`${problems} values are not in the fixture: they are listed in ${where}`);
      return accounts;
    } finally {
      report?.close();
    }
  };
}

function readKeys({ ids, dump }: DjangoOptions, map: ColumnMap) {
  const areIds = map.id === 'pk';
  if (ids === undefined && !areIds)
    throw new Stop(
      EXIT.usage,
      'pass --ids, the file that the import wrote: without it, every user would be created again',
    );
  return createPrimaryKeys({ pairs: ids === undefined ? [] : readPairs(ids), areIds, areComplete: dump !== undefined });
}

function readPairs(path: string): [string, string][] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Stop(EXIT.noInput, `${path} cannot be read`);
  }
  const [header, ...rows] = parse(text, { relax_column_count: true }) as string[][]; // Without `columns`, rows are lists.
  if (header?.join() !== 'key,id') throw new Stop(EXIT.data, `${path} does not have the columns key and id`);
  return rows.map(([key = '', id = '']) => [key, id]);
}

function openDump(path: string | undefined): DjangoExportRequest['dump'] {
  if (path === undefined) return undefined;
  return () =>
    jsonEntries(
      decodeText(() => createReadStream(path)),
      { onSkipped: () => {} },
    );
}
