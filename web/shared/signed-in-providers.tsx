import { CSPProvider } from '@base-ui/react/csp-provider';
import { isTemporary } from '@latchkey/client';
import { useUser } from '@latchkey/client/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { Toasts } from './ui/toasts.tsx';
import { useSessionCheck } from './use-session-check.ts';
import { useUserChange } from './use-user-change.tsx';

const createQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (failures, error) => failures < 2 && isTemporary(error) },
    },
  });

/** What pages of a signed-in user need around them: queries, dialogs and announcements. */
export function SignedInProviders({ children }: { readonly children: ReactNode }) {
  const userId = useUser()?.id;
  useUserChange();
  useSessionCheck();
  // Another user does not see what was loaded for this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: one for each user
  const queries = useMemo(createQueries, [userId]);
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider key={userId} client={queries}>
        <Toasts>{children}</Toasts>
      </QueryClientProvider>
    </CSPProvider>
  );
}
