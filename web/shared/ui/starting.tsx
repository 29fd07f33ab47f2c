import { useLocale } from '../locale.tsx';
import { LOADING } from './loading.tsx';

/** What the page shows before its scripts run, so that nothing moves. Its styles are in the page: src/http/pages/style.ts. */
export const Starting = () => (
  <main className="starting">
    <div className="starting-wheel" />
    <span className="hidden" role="status">
      {LOADING[useLocale().locale]}
    </span>
  </main>
);
