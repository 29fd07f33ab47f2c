import { useUser } from '@latchkey/client/react';
import { useEffect } from 'react';
import { useSharedWords } from './shared-words.ts';
import { announceUntilClosed } from './ui/toasts.tsx';
import { fill } from './words.ts';

/** Whose pages this tab has shown last. */
let shown: string | undefined;

/** Says so if the pages are another user's than before: another tab may have signed in, while this one was not looked at. */
export function useUserChange(): void {
  const user = useUser();
  const name = user?.email ?? user?.phone ?? '';
  useEffect(() => {
    if (!user?.id) return;
    if (shown !== undefined && shown !== user.id) announceUntilClosed(<SignedInAs user={name} />);
    shown = user.id;
  }, [user?.id, name]);
}

const SignedInAs = ({ user }: { readonly user: string }) => fill(useSharedWords().signedInAs, { user });
