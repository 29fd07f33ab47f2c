/** How a part of the bars is drawn. Each look also has a pattern of its own, for readers who cannot tell the colours apart. */
export const LOOKS = ['good', 'bad', 'wait', 'a', 'b', 'c', 'd', 'e', 'rest'] as const;
export type Look = (typeof LOOKS)[number];

/** One part of every bar. */
export interface Series {
  readonly key: string;
  readonly name: string;
  readonly look: Look;
  /** One for each hour, oldest first. */
  readonly counts: readonly number[];
  /** Where the events themselves are. */
  readonly href?: string | undefined;
}

export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Hour by hour. */
export const addUp = (all: readonly (readonly number[])[]): number[] =>
  (all[0] ?? []).map((_, hour) => sum(all.map((counts) => counts[hour] ?? 0)));

/** The counts of all items with the same key, in one. */
export function countsBy<Item extends { readonly counts: readonly number[] }>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Map<string, number[]> {
  const groups = new Map<string, (readonly number[])[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item.counts]);
  return new Map([...groups].map(([key, all]) => [key, addUp(all)]));
}

const CATEGORIES = ['a', 'b', 'c', 'd', 'e'] as const satisfies Look[];

/** The largest groups, each with a look of its own, and the others together. */
export function largest(
  groups: ReadonlyMap<string, readonly number[]>,
  { nameOf, hrefOf, rest }: { nameOf(key: string): string; hrefOf?(key: string): string; rest: string },
): Series[] {
  const sorted = [...groups]
    .filter(([, counts]) => sum(counts) > 0)
    .sort(([, one], [, other]) => sum(other) - sum(one));
  const shown = sorted.length > CATEGORIES.length ? CATEGORIES.length - 1 : sorted.length;
  const others = sorted.slice(shown).map(([, counts]) => counts);
  return [
    ...CATEGORIES.slice(0, shown).flatMap((look, index) => {
      const [key, counts] = sorted[index] ?? [];
      return key === undefined || !counts ? [] : [{ key, name: nameOf(key), look, counts, href: hrefOf?.(key) }];
    }),
    ...(others.length > 0 ? [{ key: 'rest', name: rest, look: 'rest' as const, counts: addUp(others) }] : []),
  ];
}
