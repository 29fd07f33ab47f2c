import type { EventRow } from '../audit/audit.ts';
import type { Page, PageArguments, Place } from './page.ts';

/** Which events. What is given counts together. */
export interface EventFilter {
  userId?: string | null | undefined;
  actorId?: string | null | undefined;
  kind?: string | null | undefined;
  outcome?: string | null | undefined;
  /** Inclusive. */
  since?: Date | null | undefined;
  /** Exclusive. */
  until?: Date | null | undefined;
}

export interface EventListRequest extends PageArguments {
  filter?: EventFilter | null | undefined;
}

/** The newest first, always. */
export interface EventQuery extends EventFilter {
  page: Page;
}

export const placeOfEvent = ({ id, at }: EventRow): Place => ({ key: at.toISOString(), id });
