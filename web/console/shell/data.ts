import { LatchkeyError } from '@latchkey/client';
import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  type QueryKey,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query';
import { call, type TypedText } from '../../shared/latchkey.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A document in the cache. Without variables: the beginning of all its keys, for `invalidateQueries`. */
export function keyOf<Result, V extends Variables>(document: TypedText<Result, V>, variables?: V): QueryKey {
  return variables ? [document.toString(), variables] : [document.toString()];
}

export interface DataOptions {
  /** Shows the result of the variables before, until the one of the new ones is there. */
  readonly keepsPrevious?: boolean;
  /** Sends nothing yet. */
  readonly isOff?: boolean;
  /** Milliseconds after which it is asked again. */
  readonly refetchInterval?: number;
}

/** Runs a document as the signed-in user and keeps its result while the pages are open. */
export function useData<Result, V extends Variables>(
  document: TypedText<Result, V>,
  variables: V,
  { keepsPrevious = false, isOff = false, refetchInterval }: DataOptions = {},
): UseQueryResult<Result, Error> {
  return useQuery<Result>({
    queryKey: keyOf(document, variables),
    queryFn: () => call(document, variables),
    enabled: !isOff,
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
    ...(refetchInterval && { refetchInterval }),
  });
}

const codeOf = (error: unknown): string | undefined => (error instanceof LatchkeyError ? error.code : undefined);

/** Why the server refuses operations of administrators. Undefined if the role does not allow one. */
export const refusalOf = (error: unknown): string | undefined =>
  error instanceof LatchkeyError && error.code === 'FORBIDDEN' ? error.errors[0]?.extensions?.reason : undefined;

/** @param onForbidden the server has refused an operation: roles or settings have changed, or the second factor is missing */
export const createData = (onForbidden: (error: unknown) => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({ onError: (error) => codeOf(error) === 'FORBIDDEN' && onForbidden(error) }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 10_000,
        retry: (failures, error) => codeOf(error) === 'UNAVAILABLE' && failures < 2,
      },
    },
  });
