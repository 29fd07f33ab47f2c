import type { PhoneReader } from '../../core/phone-reader.ts';
import type { RowProblem } from './row-problem.ts';
import type { RowPosition, RowSource } from './rows.ts';

export interface ImportCounts {
  /** Accounts in the file. */
  rows: number;
  created: number;
  /** Existing accounts, which were not changed. */
  present: number;
  refused: number;
  /** Created identities at providers. */
  identities: number;
  /** Created accounts that have second factors. */
  secondFactors: number;
  /** Invalid fields that were left out. */
  leftOut: number;
}

export type ImportStep = 'scanning' | 'importing' | 'linking';

export interface ImportRules {
  /** Whether all addresses in the file are verified. */
  emailVerified: boolean;
  phoneVerified: boolean;
  /** Prefix for numbers that do not begin with a plus. */
  phonePrefix: string;
  /** Leaves out invalid fields if the user can still be reached. */
  lenient: boolean;
}

/** What the fields of a row are read with. */
export type FieldRules = ImportRules & { phones: PhoneReader };

/** A request, and what numbers are read with. */
export type ReadingRequest = Omit<ImportRequest, 'rules'> & { rules: FieldRules };

export interface ImportRequest {
  source: RowSource;
  rules: ImportRules;
  /** The issuers by the provider's name. */
  issuers: Readonly<Record<string, string>>;
  /** Reports what would happen, without writing anything. */
  dryRun: boolean;
  /** For the audit event. */
  format: string;
  /** Called for each problem of a rejected row and each field that was left out. */
  onProblem(position: RowPosition, problem: RowProblem, isRejected: boolean): void;
  /** Called with a column, or another part of the file, that was not taken. */
  onNote?(name: string, reason: string): void;
  /** Called with the account of each row. */
  onAccount?(position: RowPosition, id: string): void;
  onProgress(step: ImportStep, counts: Readonly<ImportCounts>): void;
  /** Stops the import between two batches. */
  signal?: AbortSignal;
}
