import { LOCALE_NAMES, LOCALES, type Locale, useLocale } from '../locale.tsx';
import './language.css';

const LABELS: Readonly<Record<Locale, string>> = { en: 'Language', ru: 'Язык', uz: 'Til' };

export function Language() {
  const { locale, choose } = useLocale();
  return (
    <select
      className="language"
      aria-label={LABELS[locale]}
      value={locale}
      onChange={(event) => choose(event.target.value as Locale)} // The options are the languages.
    >
      {LOCALES.map((one) => (
        <option key={one} value={one} lang={one}>
          {LOCALE_NAMES[one]}
        </option>
      ))}
    </select>
  );
}
