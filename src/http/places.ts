/** Limits how many requests wait at the same time, in total and of each network. */
export interface Places {
  /** Returns a function that gives the place back; undefined if none is free. */
  take(network: string): (() => void) | undefined;
}

export function createPlaces({ total, perNetwork }: { total: number; perNetwork: number }): Places {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    take(network) {
      const own = taken.get(network) ?? 0;
      if (all >= total || own >= perNetwork) return undefined;
      all += 1;
      taken.set(network, own + 1);
      return () => {
        all -= 1;
        const rest = (taken.get(network) ?? 1) - 1;
        if (rest === 0) taken.delete(network);
        else taken.set(network, rest);
      };
    },
  };
}
