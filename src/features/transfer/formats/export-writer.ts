import type { ExportedAccount } from '../exported-accounts.ts';
import { ACCOUNT_FIELDS, type AccountField } from '../rows.ts';
import { escapeFormula } from './formula.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Writes accounts as text that `users import` reads. */
export interface ExportWriter {
  /** Written before the first account. */
  head: string;
  row(account: ExportedAccount): string;
}

/** @param withHashes if false, there is no hash column: an empty one would mean accounts without passwords */
export function createExportWriter(format: ExportFormat, withHashes: boolean): ExportWriter {
  const fields = ACCOUNT_FIELDS.filter((field) => withHashes || field !== 'passwordHash');
  return format === 'csv' ? csvWriter(fields) : jsonLinesWriter(fields);
}

function jsonLinesWriter(fields: readonly AccountField[]): ExportWriter {
  return {
    head: '',
    row: (account) => {
      const entries = fields.map((field) => [field, account[field]] as const).filter(([, value]) => value !== null);
      const identities = account.identities.length > 0 ? { identities: account.identities } : {};
      const secondFactors = withSecondFactors(account);
      return `${JSON.stringify({ ...Object.fromEntries(entries), ...identities, ...secondFactors })}\n`;
    },
  };
}

const withSecondFactors = ({ secondFactors }: ExportedAccount) =>
  secondFactors === undefined || secondFactors === 'not exported' ? {} : { secondFactors };

function csvWriter(fields: readonly AccountField[]): ExportWriter {
  return {
    head: `${fields.join(',')}\r\n`,
    row: (account) => `${fields.map((field) => formatCell(account[field])).join(',')}\r\n`,
  };
}

function formatCell(value: ExportedAccount[AccountField]): string {
  if (value === null) return '';
  const text = escapeFormula(toText(value));
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A list is written as JSON if the import would read it in another way as words. */
function toText(value: Exclude<ExportedAccount[AccountField], null>): string {
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  return value.some((word) => /^\[|,/.test(word)) ? JSON.stringify(value) : value.join(' ');
}
