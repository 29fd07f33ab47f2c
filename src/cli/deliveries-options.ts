import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../core/durations.ts';
import { DELIVERY_CHANNELS, DELIVERY_STATES } from '../features/deliveries/delivery.ts';

const LOWER = (words: readonly string[]) => words.map((word) => word.toLowerCase().replace('_', '-'));

export function addDeliveries(deliveries: Command): void {
  deliveries
    .command('list')
    .description('list what is waiting, was sent or was given up, newest first')
    .addOption(channelOption())
    .addOption(new Option('--state <state>', 'only of this state').choices(LOWER(DELIVERY_STATES)))
    .addOption(sinceOption())
    .addOption(new Option('--limit <number>', 'at most this many').argParser(asLimit).default(50))
    .option('--json', 'print JSON lines')
    .action(async (options: object) => (await import('./deliveries.ts')).listDeliveries(options));
  deliveries
    .command('retry')
    .description('retry what was given up. Text messages are sent at most once, and expired mail is not retried')
    .argument('[id]', 'ID of the delivery')
    .option('--all', 'all that were given up')
    .addOption(channelOption())
    .addOption(sinceOption())
    .option('--json', 'print JSON')
    .action(async (id: string | undefined, options: object) =>
      (await import('./deliveries.ts')).retryDeliveries(id, options),
    );
}

const channelOption = () => new Option('--channel <channel>', 'only of this channel').choices(LOWER(DELIVERY_CHANNELS));

const sinceOption = () =>
  new Option(
    '--since <time>',
    'only those written since then: a time such as 2026-07-01T12:00Z, or a duration such as 2d',
  ).argParser(asTime);

/** A moment, or milliseconds before now. */
function asTime(text: string): Date | number {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  const moment = /^\d{4}-\d\d-\d\d/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError('It must be a time such as 2026-07-01T12:00Z, or a duration such as 90m or 2d.');
  return moment;
}

function asLimit(text: string): number {
  const limit = Number(text);
  if (!/^\d{1,7}$/.test(text) || limit < 1) throw new InvalidArgumentError('It must be a number from 1 to 9999999.');
  return limit;
}
