import { useSearchParams } from 'wouter';

/** Where a page of the list begins or ends. A change of a filter starts the list again. */
export const CURSORS = ['after', 'before'] as const;

export interface Filters {
  /** The value of a filter; undefined if it is not set. */
  get(name: string): string | undefined;
  /**
   * Sets filters, or removes those that are undefined.
   * @param isStep whether the browser can go back to the state before
   */
  set(changes: Readonly<Record<string, string | undefined>>, options?: { readonly isStep?: boolean }): void;
  /** The address of this page with other values. */
  href(changes: Readonly<Record<string, string | undefined>>): string;
}

/** The filters of a list, in the address of the page: it survives a reload, and can be sent to a colleague. */
export function useFilters(): Filters {
  const [params, setParams] = useSearchParams();

  function change(changes: Readonly<Record<string, string | undefined>>): URLSearchParams {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes))
      if (value === undefined || value === '') next.delete(name);
      else next.set(name, value);
    for (const cursor of CURSORS) if (!(cursor in changes)) next.delete(cursor);
    return next;
  }
  return {
    get: (name) => params.get(name) || undefined,
    set: (changes, { isStep = true } = {}) => setParams(change(changes), { replace: !isStep }),
    href: (changes) => `?${change(changes)}`,
  };
}
