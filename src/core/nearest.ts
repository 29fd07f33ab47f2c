export interface Near {
  name: string;
  distance: number;
}

/** The known name that is most like the given one; undefined if there is none at all. */
export function findNearest(name: string, known: readonly string[]): Near | undefined {
  return known
    .map((candidate): Near => ({ name: candidate, distance: editDistance(name, candidate) }))
    .reduce<Near | undefined>(
      (best, candidate) => (best && best.distance <= candidate.distance ? best : candidate),
      undefined,
    );
}

/** `; is it dailyCap?` after a name that is not known, or nothing if no known name is like it. */
export function suggest(near: Near | undefined): string {
  return near && near.distance <= Math.ceil(near.name.length / 2) ? `; is it ${near.name}?` : '';
}

/** The number of letters to add, drop or replace, or of neighbours to exchange (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  let before: number[] = [];
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      const areExchanged = i > 0 && j > 0 && letter === to[j - 1] && other === from[i - 1];
      const exchanged = areExchanged ? (before[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, exchanged, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
