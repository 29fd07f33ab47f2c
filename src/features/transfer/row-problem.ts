import { Refusal } from '../../core/refusal.ts';
import type { AccountField } from './rows.ts';

/** Why a row, or one field of it, is not imported. The reason is for the operator and does not quote the row. */
export class RowProblem extends Refusal {
  constructor(
    readonly field: AccountField | 'identities' | 'secondFactors' | undefined,
    readonly reason: string,
  ) {
    super();
  }
}

/** All problems of a row that is not imported. */
export class InvalidRow extends Refusal {
  constructor(readonly problems: readonly RowProblem[]) {
    super();
  }
}
