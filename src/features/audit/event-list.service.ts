import { badInput } from '../../core/bad-input.ts';
import { isId } from '../../core/ids.ts';
import { isStorableDate, type Page, parsePage, type Slice, toSlice } from '../../core/page.ts';
import type { Db } from '../../infra/db/client.ts';
import type { EventRow } from './audit.ts';
import { eventsOnPage } from './event-list.repo.ts';
import type { EventListRequest, EventQuery } from './event-list.ts';

/** Characters; longer than any kind or outcome. */
const LONGEST_WORD = 64;

/** Recorded events, newest first. */
export type EventList = (request: EventListRequest) => Promise<Slice<EventRow> & { page: Page }>;

export function createEventList({ db }: { db: Db }): EventList {
  return async ({ filter, ...page }) => {
    const query: EventQuery = { ...filter, page: parsePage(page, 'event') };
    for (const id of [query.id, query.userId, query.actorId].filter(isGiven))
      if (!isId(id)) return { ...NOTHING, page: query.page };
    for (const word of [query.kind, query.outcome].filter(isGiven))
      if (word.length > LONGEST_WORD || !/^[\w-]+$/.test(word)) throw badInput('Unknown event kind or outcome.');
    for (const moment of [query.since, query.until])
      if (moment && !isStorableDate(moment)) throw badInput('The date must be after the year 0.');
    return { ...toSlice(await eventsOnPage(db, query), query.page), page: query.page };
  };
}

/** An empty string counts as given: it matches no event, not every event. */
const isGiven = (text: string | null | undefined): text is string => text !== null && text !== undefined;

const NOTHING: Slice<EventRow> = { rows: [], hasMore: false };
