import { LatchkeyError } from '@latchkey/client';
import type { ReactNode } from 'react';
import { errorText, useSharedWords } from '../shared-words.ts';
import { Button } from './button.tsx';
import { Loading } from './loading.tsx';
import { Notice } from './notice.tsx';

/** What is needed of a query. */
export interface Query<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  refetch(): unknown;
}

/** One query of several, so that nothing moves while the page is read. */
export function together<Data extends Record<string, unknown>>(
  queries: {
    readonly [Name in keyof Data]: Query<Data[Name]>;
  },
): Query<Data> {
  const entries = Object.entries<Query<unknown>>(queries);
  const failed = entries.find(([, { data, error }]) => data === undefined && error)?.[1];
  const isComplete = entries.every(([, { data }]) => data !== undefined);
  return {
    data: isComplete ? (Object.fromEntries(entries.map(([name, { data }]) => [name, data])) as Data) : undefined,
    error: failed?.error ?? null,
    refetch: () => failed?.refetch(),
  };
}

export interface LoadedProps<Data> {
  readonly of: Query<Data>;
  children(data: Data): ReactNode;
}

/** What a query has loaded; until then a sign that it is loading, or why it could not. */
export function Loaded<Data>({ of: { data, error, refetch }, children }: LoadedProps<Data>) {
  const words = useSharedWords();
  if (data !== undefined) return children(data);
  if (!error) return <Loading />;
  return (
    <Notice look="bad">
      <p>
        {words.loadFailed} {errorText(words, error instanceof LatchkeyError ? error.code : 'OTHER')}
      </p>
      <Button onClick={() => void refetch()}>{words.retry}</Button>
    </Notice>
  );
}
