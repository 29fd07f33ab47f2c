import type { Channel } from '../core/channel.ts';
import { ORDER, type Order } from './topics.ts';

/** What the primary process orders a worker to do. Each resolves when it is ordered. */
export type Orders = { readonly [Name in Order]: Promise<Name> };

export function followOrders(channel: Channel): Orders {
  const received = new Map<Order, () => void>();
  const whenOrdered = <Name extends Order>(name: Name) =>
    new Promise<Name>((resolve) => received.set(name, () => resolve(name)));
  const orders = { work: whenOrdered('work'), stop: whenOrdered('stop'), last: whenOrdered('last') };
  channel.listen<Order>(ORDER, (order) => received.get(order)?.());
  return orders;
}
