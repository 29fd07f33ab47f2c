import { isTemporary } from '@latchkey/client';
import { ConsoleUsersDocument, type ConsoleUsersQueryVariables } from '../../../generated/documents.ts';
import { call } from '../../../shared/latchkey.ts';
import { type ColumnName, FIELDS } from './columns.ts';
import { cell } from './csv-cell.ts';

const PAGE = 100;
/** Attempts at a page while the service is busy or away. */
const ATTEMPTS = 5;

export interface CsvRequest {
  readonly columns: readonly ColumnName[];
  readonly variables: Pick<ConsoleUsersQueryVariables, 'filter' | 'orderBy'>;
  readonly signal: AbortSignal;
  onProgress(done: number): void;
}

/** All users of the list, page by page, as a file. Undefined if it was stopped. */
export async function exportCsv({ columns, variables, signal, onProgress }: CsvRequest): Promise<Blob | undefined> {
  const fields = ['id', ...columns.flatMap((name) => FIELDS[name])] as const;
  // With the byte order mark, Excel reads UTF-8.
  const parts = [`\uFEFF${fields.join()}\r\n`];
  let done = 0;
  for (let after: string | null | undefined; ; ) {
    const { nodes, pageInfo } = await page({ ...variables, first: PAGE, ...(after && { after }) }, signal);
    if (signal.aborted) return undefined;
    parts.push(nodes.map((user) => `${fields.map((field) => cell(user[field])).join()}\r\n`).join(''));
    done += nodes.length;
    onProgress(done);
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage || !after) return new Blob(parts, { type: 'text/csv' });
  }
}

async function page(variables: ConsoleUsersQueryVariables, signal: AbortSignal) {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await call(ConsoleUsersDocument, variables)).users;
    } catch (error) {
      if (!isTemporary(error) || attempt === ATTEMPTS || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfter ?? attempt) * 1000));
    }
  }
}
