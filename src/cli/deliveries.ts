import { after, systemClock } from '../core/clock.ts';
import { MAX_PAGE_SIZE } from '../core/page.ts';
import { isProblem, NotFound } from '../core/problems.ts';
import {
  cursorOfDelivery,
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryFilter,
} from '../features/deliveries/delivery.ts';
import { EXIT, printLine, Stop } from './exit.ts';
import { withServices } from './with-services.ts';

interface Options {
  channel?: string;
  state?: string;
  /** Or milliseconds before now. */
  since?: Date | number;
  json?: boolean;
}

export async function listDeliveries({ limit = 0, json, ...options }: Options & { limit?: number }): Promise<void> {
  const filter = toFilter(options);
  const printed = await withServices(async ({ deliveries }) => {
    let left = limit;
    for (let after: string | undefined, hasMore = true; hasMore && left > 0; ) {
      const page = await deliveries.list({ first: Math.min(left, MAX_PAGE_SIZE), after, filter });
      for (const row of page.rows) printLine(json ? JSON.stringify(row) : formatDelivery(row));
      const last = page.rows.at(-1);
      hasMore = page.hasMore && last !== undefined;
      after = last && cursorOfDelivery(last);
      left -= page.rows.length;
    }
    return limit - left;
  });
  if (printed === 0 && !json) printLine('there are none');
}

export async function retryDeliveries(id: string | undefined, options: Options & { all?: boolean }): Promise<void> {
  const { all = false, json, channel, since } = options;
  if ((id === undefined) !== all) throw new Stop(EXIT.usage, 'name one delivery, or use --all');
  if (id !== undefined && (channel !== undefined || since !== undefined))
    throw new Stop(EXIT.usage, '--channel and --since need --all');
  if (id === undefined) {
    const counts = await withServices(({ deliveries }) => deliveries.retryAll(toFilter(options), {}));
    if (json) printLine(JSON.stringify(counts));
    else printLine(`${counts.retried} will be retried; ${counts.skipped} cannot be`);
    return;
  }
  const result = await withServices(({ deliveries }) => deliveries.retry(id, {}));
  if (result instanceof NotFound) throw new Stop(EXIT.failed, 'there is no such delivery');
  if (isProblem(result))
    throw new Stop(
      EXIT.failed,
      'it cannot be retried: it is waiting, was sent or has expired, or it is a text message',
    );
  printLine(json ? JSON.stringify(result) : `it will be retried: ${formatDelivery(result)}`);
}

function toFilter({ channel, state, since }: Options): DeliveryFilter {
  return {
    channel: find(DELIVERY_CHANNELS, channel),
    state: find(DELIVERY_STATES, state),
    since: typeof since === 'number' ? after(systemClock.now(), -since) : since,
  };
}

const find = <Word extends string>(words: readonly Word[], text = ''): Word | undefined =>
  words.find((word) => word === text.toUpperCase().replace('-', '_'));

function formatDelivery({ id, channel, kind, recipient, state, attempts, createdAt, ...rest }: Delivery): string {
  const { nextAttemptAt, error } = rest;
  const next = nextAttemptAt ? `  next ${nextAttemptAt.toISOString()}` : '';
  const word = state.toLowerCase().replace('_', ' ');
  const facts = `${createdAt.toISOString()}  ${channel.toLowerCase().padEnd(7)}  ${word.padEnd(8)}  ${kind}`;
  return `${id}  ${facts}  ${recipient ?? ''}  attempts ${attempts}${next}${error ? `  (${error})` : ''}`;
}
