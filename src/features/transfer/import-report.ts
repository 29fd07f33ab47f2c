import type { ImportCounts, ImportRequest, ImportStep } from './import.ts';
import type { RowProblem } from './row-problem.ts';
import type { NoteRow, RowPosition } from './rows.ts';

/** Counts what happens to the rows of one import, and passes problems on. */
export interface ImportReport {
  /** The counts so far. */
  readonly counts: Readonly<ImportCounts>;
  add(count: 'rows' | 'created' | 'present' | 'identities' | 'secondFactors', by?: number): void;
  reject(position: RowPosition, problems: readonly RowProblem[]): void;
  /** Counts an account or identity that was imported without something. */
  leaveOut(position: RowPosition, problem: RowProblem): void;
  /** Passes on what was not taken from the file as a whole. */
  note(row: NoteRow): void;
  showProgress(step: ImportStep): void;
}

export function createImportReport({
  onProblem,
  onNote,
  onProgress,
}: Pick<ImportRequest, 'onProblem' | 'onNote' | 'onProgress'>): ImportReport {
  const counts: ImportCounts = {
    rows: 0,
    created: 0,
    present: 0,
    refused: 0,
    identities: 0,
    secondFactors: 0,
    leftOut: 0,
  };

  return {
    counts,
    add(count, by = 1) {
      counts[count] += by;
    },
    reject(position, problems) {
      counts.refused += 1;
      for (const problem of problems) onProblem(position, problem, true);
    },
    leaveOut(position, problem) {
      counts.leftOut += 1;
      onProblem(position, problem, false);
    },
    note: ({ name, reason }) => onNote?.(name, reason),
    showProgress: (step) => onProgress(step, counts),
  };
}
