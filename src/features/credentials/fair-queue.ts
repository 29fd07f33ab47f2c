/** A queue in which networks take turns: one with a hundred waiters is served as often as one with a single waiter. */
export interface FairQueue<Waiter> {
  readonly length: number;
  join(network: string, waiter: Waiter): void;
  /** Removes and returns the first waiter of the network whose turn it is. */
  next(): Waiter | undefined;
  /** Whether another network has at least two more waiters than this one. */
  yieldsTo(network: string): boolean;
  /** Removes and returns the newest waiter of the network with the most, to make room. Undefined if none yields. */
  displaceFor(network: string): Waiter | undefined;
}

export function createFairQueue<Waiter>(): FairQueue<Waiter> {
  /** The waiters of each network, in the order of their turns. No list is empty. */
  const waiters = new Map<string, Waiter[]>();
  let length = 0;

  function take(network: string, list: Waiter[], which: 'first' | 'newest'): Waiter | undefined {
    const waiter = which === 'first' ? list.shift() : list.pop();
    if (list.length === 0) waiters.delete(network);
    length -= 1;
    return waiter;
  }

  /** The network with the most waiters, if it has at least two more than this one. */
  function longestThatYieldsTo(network: string): [string, Waiter[]] | undefined {
    let longest: [string, Waiter[]] | undefined;
    let most = (waiters.get(network)?.length ?? 0) + 1;
    for (const entry of waiters) if (entry[1].length > most) [longest, most] = [entry, entry[1].length];
    return longest;
  }

  return {
    get length() {
      return length;
    },

    join(network, waiter) {
      const list = waiters.get(network) ?? [];
      waiters.set(network, list);
      list.push(waiter);
      length += 1;
    },

    next() {
      const [turn] = waiters;
      if (!turn) return undefined;
      const [network, list] = turn;
      const waiter = take(network, list, 'first');
      // Its next turn comes last.
      if (waiters.delete(network)) waiters.set(network, list);
      return waiter;
    },

    yieldsTo: (network) => longestThatYieldsTo(network) !== undefined,

    displaceFor(network) {
      const longest = longestThatYieldsTo(network);
      return longest && take(...longest, 'newest');
    },
  };
}
