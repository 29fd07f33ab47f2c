import type { PeriodName } from '../period.ts';

/** Words of the lists of the console. */
export interface ListWords {
  filters: string;
  clear: string;
  refresh: string;
  /** The buttons that lead to them. */
  pages: string;
  first: string;
  previous: string;
  next: string;
  emptyPage: string;
  period: string;
  anyTime: string;
  periods: Readonly<Record<PeriodName, string>>;
  ownPeriod: string;
  since: string;
  until: string;
}

const words: ListWords = {
  filters: 'Filters',
  clear: 'Clear filters',
  refresh: 'Refresh',
  pages: 'Pages of the list',
  first: 'First page',
  previous: 'Previous',
  next: 'Next',
  emptyPage: 'There is nothing on this page.',
  period: 'Time',
  anyTime: 'Any time',
  periods: { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' },
  ownPeriod: 'Between two times',
  since: 'From',
  until: 'Until',
};
export default words;
