import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createExportWriter, type ExportFormat } from '../features/transfer/formats/export-writer.ts';
import { printError } from './exit.ts';
import { openPrivately } from './private-file.ts';
import { type DjangoOptions, djangoExport, type WriteAccounts } from './users-export-django.ts';
import { withServices } from './with-services.ts';

interface Options extends DjangoOptions {
  format?: ExportFormat | 'django';
}

export async function runExport(file: string | undefined, options: Options): Promise<void> {
  const { format = 'jsonl', withHashes = false } = options;
  const writeFile = format === 'django' ? djangoExport(file, options) : plainExport(format, withHashes);
  printError(
    withHashes
      ? 'This file contains password hashes and the secrets of second factors. Encrypt it, transfer it securely, and delete it after use.'
      : 'Without --with-hashes the file contains no passwords and no second factors. It still contains personal data.',
  );
  await withServices(async (services) => {
    const descriptor = file === undefined ? undefined : openPrivately(file);
    const output: Writable = descriptor === undefined ? process.stdout : createWriteStream('', { fd: descriptor });
    const write = async (text: string) => {
      if (!output.write(text)) await once(output, 'drain');
    };
    const count = await writeFile(services, { write });
    if (descriptor !== undefined) {
      output.end();
      await finished(output);
    }
    printError(`${count} accounts exported`);
  });
}

function plainExport(format: ExportFormat, withHashes: boolean): WriteAccounts {
  const { head, row } = createExportWriter(format, withHashes);
  return async ({ exportAccounts }, { write }) => {
    await write(head);
    return exportAccounts({ withHashes, format, write: (accounts) => write(accounts.map(row).join('')) });
  };
}
