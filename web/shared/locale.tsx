import { createContext, type ReactNode, startTransition, useContext, useMemo, useState } from 'react';

export const LOCALES = ['en', 'ru', 'uz'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language in its own words. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', ru: 'Русский', uz: 'Oʻzbekcha' };

const KEY = 'latchkey:locale';

const isLocale = (text: string | null): text is Locale => (LOCALES as readonly (string | null)[]).includes(text);

/** What the user has chosen here before; otherwise the language that the server has read from the browser's. */
function initialLocale(): Locale {
  const { lang } = document.documentElement;
  try {
    const chosen = localStorage.getItem(KEY);
    if (isLocale(chosen)) return chosen;
  } catch {
    // The browser keeps nothing.
  }
  return isLocale(lang) ? lang : 'en';
}

let current = initialLocale();
document.documentElement.lang = current;

/** For code outside of components, such as headers of requests. */
export const currentLocale = (): Locale => current;

interface LocaleChoice {
  readonly locale: Locale;
  choose(locale: Locale): void;
}

const Context = createContext<LocaleChoice>({ locale: current, choose: () => {} });

export function LocaleProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState(current);
  const choice = useMemo(
    () => ({
      locale,
      choose(next: Locale) {
        current = next;
        document.documentElement.lang = next;
        try {
          localStorage.setItem(KEY, next);
        } catch {
          // It holds for this page.
        }
        // The page stays as it is until the words are loaded.
        startTransition(() => setLocale(next));
      },
    }),
    [locale],
  );
  return <Context value={choice}>{children}</Context>;
}

export const useLocale = (): LocaleChoice => useContext(Context);
