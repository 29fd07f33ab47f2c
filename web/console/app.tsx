import { useSession } from '@latchkey/client/react';
import { Loading } from '../shared/ui/loading.tsx';

export function ConsoleApp() {
  const session = useSession();
  if (session.status === 'loading') return <Loading />;
  return <main className="narrow">{session.status}</main>;
}
