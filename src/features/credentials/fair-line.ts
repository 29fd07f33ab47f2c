/** A line in which networks take turns: a network with a hundred waiting is served as often as one with a single one. */
export interface FairLine<Waiter> {
  readonly length: number;
  join(network: string, waiter: Waiter): void;
  /** The first of the network whose turn it is. */
  next(): Waiter | undefined;
  /** Whether another network has at least two more waiting than this one. */
  yieldsTo(network: string): boolean;
  /** Makes room for this network: removes the newest of the network with the most waiting. Undefined if none yields. */
  displaceFor(network: string): Waiter | undefined;
}

export function createFairLine<Waiter>(): FairLine<Waiter> {
  /** In the order of their turns. No line is empty. */
  const lines = new Map<string, Waiter[]>();
  let length = 0;

  function take(network: string, line: Waiter[], which: 'first' | 'newest'): Waiter | undefined {
    const waiter = which === 'first' ? line.shift() : line.pop();
    if (line.length === 0) lines.delete(network);
    length -= 1;
    return waiter;
  }

  function longestThatYieldsTo(network: string): string | undefined {
    let [longest, most]: [string | undefined, number] = [undefined, (lines.get(network)?.length ?? 0) + 1];
    for (const [candidate, line] of lines) if (line.length > most) [longest, most] = [candidate, line.length];
    return longest;
  }

  return {
    get length() {
      return length;
    },

    join(network, waiter) {
      const line = lines.get(network) ?? [];
      lines.set(network, line);
      line.push(waiter);
      length += 1;
    },

    next() {
      const [turn] = lines;
      if (!turn) return undefined;
      const [network, line] = turn;
      const waiter = take(network, line, 'first');
      // To the end of the turns.
      if (lines.delete(network)) lines.set(network, line);
      return waiter;
    },

    yieldsTo: (network) => longestThatYieldsTo(network) !== undefined,

    displaceFor(network) {
      const longest = longestThatYieldsTo(network);
      const line = longest === undefined ? undefined : lines.get(longest);
      return longest !== undefined && line ? take(longest, line, 'newest') : undefined;
    },
  };
}
