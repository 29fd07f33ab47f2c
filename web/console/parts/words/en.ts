import type { PeriodName } from '../period.ts';

/** Words of the lists of the console. */
export interface ListWords {
  filters: string;
  clear: string;
  refresh: string;
  newer: string;
  older: string;
  /** The links to newer and older ones. */
  pages: string;
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
  newer: 'Newer',
  older: 'Older',
  pages: 'Pages of the list',
  period: 'Time',
  anyTime: 'Any time',
  periods: { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' },
  ownPeriod: 'Between two times',
  since: 'From',
  until: 'Until',
};
export default words;
