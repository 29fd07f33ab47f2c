import { encodeCursor, type Page, type PageArguments } from '../../core/page.ts';
import type { EventRow } from './audit.ts';

/** All given conditions must hold. */
export interface EventFilter {
  id?: string | null | undefined;
  userId?: string | null | undefined;
  actorId?: string | null | undefined;
  kind?: string | null | undefined;
  outcome?: string | null | undefined;
  /** Inclusive; compared with the last time. */
  since?: Date | null | undefined;
  /** Exclusive; compared with the first time. */
  until?: Date | null | undefined;
}

export interface EventListRequest extends PageArguments {
  filter?: EventFilter | null | undefined;
}

/** Always newest first. */
export interface EventQuery extends EventFilter {
  page: Page;
}

export const cursorOfEvent = ({ id, at }: EventRow): string => encodeCursor('event', { key: at.toISOString(), id });
