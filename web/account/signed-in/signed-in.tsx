import { useUser } from '@latchkey/client/react';
import { Brand } from '../../shared/ui/brand.tsx';
import { Language } from '../../shared/ui/language.tsx';

/** The pages of the signed-in user. */
export default function SignedIn() {
  const user = useUser();
  return (
    <main className="narrow">
      <header className="top">
        <Brand />
        <Language />
      </header>
      <p>{user?.email}</p>
    </main>
  );
}
