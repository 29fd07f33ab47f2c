import { LatchkeyError } from '@latchkey/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { latchkey } from '../../shared/latchkey.ts';

/** The session may end while its user is asked for. */
function present<User>(user: User | null | undefined): User {
  if (!user) throw new LatchkeyError('UNAUTHENTICATED', 'The session has ended.');
  return user;
}

/** The user, and where they are signed in. */
export const useMe = () => useQuery({ queryKey: ['me'], queryFn: async () => present(await latchkey.me()) });
export type Me = NonNullable<ReturnType<typeof useMe>['data']>;

export const usePasskeys = () =>
  useQuery({ queryKey: ['passkeys'], queryFn: async () => present(await latchkey.passkeys()).passkeys });

export const useIdentities = () =>
  useQuery({ queryKey: ['identities'], queryFn: async () => present(await latchkey.identities()).identities });

/** What the server offers. */
export const useSettings = () =>
  useQuery({ queryKey: ['settings'], queryFn: latchkey.settings, staleTime: Number.POSITIVE_INFINITY });
export type Settings = NonNullable<ReturnType<typeof useSettings>['data']>;

export const useProviders = () =>
  useQuery({ queryKey: ['providers'], queryFn: latchkey.socialProviders, staleTime: Number.POSITIVE_INFINITY });

/** Loads everything again that a change may have changed. */
export function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => !FIXED.includes(String(name)) });
}
const FIXED = ['settings', 'providers'];
