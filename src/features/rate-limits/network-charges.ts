import { listNetworks } from '../../core/networks.ts';
import type { NetworkLimit } from './limits.ts';
import type { Charge } from './rate-limiter.service.ts';

/** A request of a client, as its networks count it, narrowest first. */
export const networkCharges = (limit: NetworkLimit, ip: string): Charge[] =>
  listNetworks(ip).map(({ range, scale }) => ({ limit: limit[scale], key: range }));
