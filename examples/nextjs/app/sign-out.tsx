'use client';

import { useState } from 'react';
import { latchkey, open } from '../lib/latchkey';

export function SignOut() {
  const [failed, setFailed] = useState(false);
  const signOut = () =>
    latchkey.logout().then(
      () => open('/'),
      () => setFailed(true), // The service cannot be reached, and the session has not ended.
    );
  return (
    <button type="button" onClick={signOut}>
      {failed ? 'Sign out (please try again)' : 'Sign out'}
    </button>
  );
}
