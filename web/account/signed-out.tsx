import type { SignOutReason } from '@latchkey/client';
import { pageData } from '../shared/page-data.ts';
import { Brand } from '../shared/ui/brand.tsx';
import { Language } from '../shared/ui/language.tsx';
import { useAccountWords } from './words.ts';

/** The sign-in form with what surrounds it. */
export function SignedOut({ reason }: { readonly reason?: SignOutReason | undefined }) {
  const words = useAccountWords();
  const { support } = pageData.product;
  return (
    <main className="narrow">
      <header className="top">
        <Brand />
        <Language />
      </header>
      <div className="card">
        <h1>{words.signIn}</h1>
        {reason}
      </div>
      {support && <p className="quiet-text">{words.support.replace('{contact}', () => support)}</p>}
    </main>
  );
}
