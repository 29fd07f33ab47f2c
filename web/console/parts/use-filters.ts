import { useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** Where a page of the list begins or ends. A change of a filter starts the list again. */
const CURSORS = ['after', 'before'];

export type Changes = Readonly<Record<string, string | undefined>>;

export interface Filters {
  /** The value of a filter; undefined if it is not set. */
  get(name: string): string | undefined;
  /** The value of a filter that has only these values; undefined for any other. */
  getOneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined;
  isAnySet(names: readonly string[]): boolean;
  /**
   * Sets filters, or removes those that are undefined or empty.
   * @param isStep whether the browser can go back to the state before. Not while the user types
   */
  set(changes: Changes, options?: { readonly isStep?: boolean }): void;
  clear(names: readonly string[]): void;
}

/** The filters of a list, in the address of the page: it survives a reload, and can be sent to a colleague. */
export function useFilters(): Filters {
  const [params, setParams] = useSearchParams();
  return useMemo((): Filters => {
    const get = (name: string) => params.get(name)?.trim() || undefined;
    const set: Filters['set'] = (changes, { isStep = true } = {}) =>
      setParams((current) => change(current, changes), { replace: !isStep });
    return {
      get,
      getOneOf: (name, values) => values.find((value) => value === get(name)),
      isAnySet: (names) => names.some(get),
      set,
      clear: (names) => set(Object.fromEntries(names.map((name) => [name, undefined]))),
    };
  }, [params, setParams]);
}

function change(current: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(current);
  for (const cursor of CURSORS) next.delete(cursor);
  for (const [name, value] of Object.entries(changes))
    if (value) next.set(name, value);
    else next.delete(name);
  return next;
}
