import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { accountWriter, type ExportFormat } from '../features/transfer/formats/writing.ts';
import { printError } from './exit.ts';
import { openPrivately } from './private-file.ts';
import { withServices } from './with-app.ts';

interface Options {
  format?: ExportFormat;
  withHashes?: boolean;
}

export async function runExport(
  file: string | undefined,
  { format = 'jsonl', withHashes = false }: Options,
): Promise<void> {
  const { head, row } = accountWriter(format, withHashes);
  printError(
    withHashes
      ? 'This file contains password hashes. Encrypt it, transfer it securely, and delete it after use.'
      : 'Without --with-hashes the file contains no passwords. It still contains personal data.',
  );
  await withServices(async ({ exportAccounts }) => {
    const descriptor = file === undefined ? undefined : openPrivately(file);
    const output: Writable = descriptor === undefined ? process.stdout : createWriteStream('', { fd: descriptor });
    const write = async (text: string) => {
      if (!output.write(text)) await once(output, 'drain');
    };
    await write(head);
    const count = await exportAccounts({ withHashes, format, write: (accounts) => write(accounts.map(row).join('')) });
    if (descriptor !== undefined) {
      output.end();
      await finished(output);
    }
    printError(`${count} accounts exported`);
  });
}
