import { LatchkeyError } from '@latchkey/client';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { errorText, useSharedWords } from '../shared-words.ts';
import { Button } from './button.tsx';
import { Loading } from './loading.tsx';
import { Notice } from './notice.tsx';

export interface LoadedProps<Data> {
  readonly of: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
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
