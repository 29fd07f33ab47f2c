import type { PluralForms } from '../../../shared/words.ts';

export interface ChartWords {
  title: string;
  /** What is counted, such as `# sign-ins`. */
  unit: PluralForms;
  /** Shown if nothing has happened. */
  empty: string;
}

/** Words of the first page of the console. */
export interface OverviewWords {
  /** `{time}` is replaced. */
  refreshed: string;
  health: {
    title: string;
    service: string;
    database: string;
    store: string;
    version: string;
    up: string;
    down: string;
    databaseDown: string;
    serviceDown: string;
    storeDown: string;
  };
  lastDay: string;
  signIns: ChartWords & { succeeded: string; secondFactor: string; refused: string };
  signUps: ChartWords & { name: string };
  failures: ChartWords;
  messages: ChartWords;
  splitBy: string;
  byOutcome: string;
  byMethod: string;
  byChannel: string;
  byState: string;
  unknownMethod: string;
  others: string;
  /** `{title}` is replaced. */
  chartLabel: string;
  asTable: string;
  hour: string;
  total: string;
}

const words: OverviewWords = {
  refreshed: 'Refreshed every minute, last at {time}',
  health: {
    title: 'Health',
    service: 'Service',
    database: 'Database',
    store: 'Store',
    version: 'Version',
    up: 'Works',
    down: 'Does not work',
    databaseDown: 'The database does not respond. Nothing can be read or changed until it does.',
    serviceDown: 'The database has no space for writes, or lacks migrations.',
    storeDown: 'Redis does not respond. The database is used in its place, which is slower.',
  },
  lastDay: 'The last 24 hours',
  signIns: {
    title: 'Sign-ins',
    unit: { one: '# attempt', other: '# attempts' },
    empty: 'No sign-ins in the last day.',
    succeeded: 'Signed in',
    secondFactor: 'Second factor asked for',
    refused: 'Refused',
  },
  signUps: {
    title: 'Sign-ups',
    unit: { one: '# account', other: '# accounts' },
    empty: 'No sign-ups in the last day.',
    name: 'New accounts',
  },
  failures: {
    title: 'Refused sign-ins',
    unit: { one: '# refusal', other: '# refusals' },
    empty: 'No sign-in was refused in the last day.',
  },
  messages: {
    title: 'Messages',
    unit: { one: '# message', other: '# messages' },
    empty: 'No messages in the last day.',
  },
  splitBy: 'Divide by',
  byOutcome: 'Outcome',
  byMethod: 'Method',
  byChannel: 'Channel',
  byState: 'State',
  unknownMethod: 'Unknown',
  others: 'Others',
  chartLabel: '{title} in each hour. The numbers are in the table below.',
  asTable: 'Show the numbers',
  hour: 'Hour',
  total: 'Total',
};
export default words;
