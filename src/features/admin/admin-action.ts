import type { FieldProblem } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { tidyText } from '../accounts/profile.ts';
import { REASON_MAX_LENGTH } from '../audit/audit.ts';

/** Who acts, from where, and why. */
export interface AdminAction {
  viewer: Viewer;
  client: Client;
  /** As typed. */
  reason: string | null | undefined;
}

/** The reason without line breaks; undefined if none was given. */
export function parseReason({ reason }: AdminAction): string | undefined | FieldProblem {
  const tidy = tidyText('reason', reason, REASON_MAX_LENGTH);
  return tidy ?? undefined;
}
