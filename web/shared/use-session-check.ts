import { useLatchkey } from '@latchkey/client/react';
import { useWhileInUse } from './use-while-in-use.ts';

/** Milliseconds. */
const INTERVAL = 60_000;

/** Notices that the session was ended elsewhere, because it asks regularly: the client follows what the service says. */
export function useSessionCheck(): void {
  const latchkey = useLatchkey();
  useWhileInUse(() => latchkey.request({ query: '{ me { id } }' }), INTERVAL);
}
