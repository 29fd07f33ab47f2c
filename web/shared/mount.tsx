import './ui/base.css';
import './ui/card.css';
import './ui/button.css';

import { LatchkeyProvider } from '@latchkey/client/react';
import { type ReactNode, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { latchkey } from './latchkey.ts';
import { LocaleProvider } from './locale.tsx';
import { FailureBoundary } from './ui/failure.tsx';
import { Loading } from './ui/loading.tsx';

/** Fills the page. */
export function mount(app: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element #root.');
  createRoot(root).render(
    <StrictMode>
      <LocaleProvider>
        <FailureBoundary>
          <LatchkeyProvider latchkey={latchkey}>
            <Suspense fallback={<Loading />}>{app}</Suspense>
          </LatchkeyProvider>
        </FailureBoundary>
      </LocaleProvider>
    </StrictMode>,
  );
}
