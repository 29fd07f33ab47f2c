import { type Locale, useLocale } from '../locale.tsx';
import './loading.css';

export const LOADING: Readonly<Record<Locale, string>> = { en: 'Loading', ru: 'Загрузка', uz: 'Yuklanmoqda' };

/** Shown after a moment, so that it does not flash. */
export const Loading = () => (
  <div className="loading" role="status">
    <span className="hidden">{LOADING[useLocale().locale]}</span>
  </div>
);
