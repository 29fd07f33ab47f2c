import type { LatchkeyError } from '@latchkey/client';
import { keepPreviousData, type QueryKey, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call, onRefusal, type TypedText } from '../../shared/latchkey.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A document in the cache. Without variables: the beginning of all its keys, for `invalidateQueries`. */
export function keyOf<Result, V extends Variables>(document: TypedText<Result, V>, variables?: V): QueryKey {
  return variables ? [document.toString(), variables] : [document.toString()];
}

export interface DataOptions {
  /** Shows the result for the previous variables until the new one arrives. */
  readonly keepsPrevious?: boolean;
  /** Sends nothing yet. */
  readonly isOff?: boolean;
}

/** Runs a document as the signed-in user and keeps its result while the pages are open. */
export function useData<Result, V extends Variables>(
  document: TypedText<Result, V>,
  variables: V,
  { keepsPrevious = false, isOff = false }: DataOptions = {},
): UseQueryResult<Result, Error> {
  return useQuery<Result>({
    queryKey: keyOf(document, variables),
    queryFn: () => call(document, variables),
    enabled: !isOff,
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
  });
}

/** Why the server refused an operation of a role. Undefined if the user lacks the role. */
export const refusalOf = (error: LatchkeyError): string | undefined => error.errors[0]?.extensions?.reason;

/** Calls back when the server refuses an operation: the role or the settings have changed, or a second factor is missing. */
export function useRefusals(onRefused: (error: LatchkeyError) => void): void {
  const latest = useRef(onRefused);
  latest.current = onRefused;
  useEffect(() => onRefusal((error) => latest.current(error)), []);
}
