import './ui/base.css';
import './ui/card.css';
import './ui/button.css';

import { LatchkeyProvider } from '@latchkey/client/react';
import { lazy, type ReactNode, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { keepsSiteData } from './keeps-site-data.ts';
import { latchkey } from './latchkey.ts';
import { LocaleProvider } from './locale.tsx';
import { FailureBoundary } from './ui/failure.tsx';
import { Starting } from './ui/starting.tsx';

/** Few users see it. */
const CookiesNeeded = lazy(() => import('./ui/cookies-needed.tsx'));

/** Fills the page. @param start returns what is shown. Not called if the browser keeps no cookies or site data */
export function mount(start: () => ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element #root.');
  createRoot(root).render(
    <StrictMode>
      <LocaleProvider>
        <FailureBoundary>
          <LatchkeyProvider latchkey={latchkey}>
            <Suspense fallback={<Starting />}>{keepsSiteData() ? start() : <CookiesNeeded />}</Suspense>
          </LatchkeyProvider>
        </FailureBoundary>
      </LocaleProvider>
    </StrictMode>,
  );
}
