import { useCallback, useSyncExternalStore } from 'react';

/** Whether the screen is so narrow that tables become lists. */
export const useIsNarrow = (): boolean => useMediaQuery('(max-width: 48rem)');

function useMediaQuery(query: string): boolean {
  const listen = useCallback(
    (onChange: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(listen, () => matchMedia(query).matches);
}
