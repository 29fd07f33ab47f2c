import { use } from 'react';
import { isolate } from './isolate.ts';
import { currentLocale, type Locale, useLocale } from './locale.tsx';
import { numberFormat } from './numbers.ts';

/** Words of a part of the pages, one module for each language. Only the chosen one is loaded. */
export type WordModules<Words> = Readonly<Record<Locale, () => Promise<{ readonly default: Words }>>>;

/** Loads the words of a language, once. */
export function createWordLoader<Words>(modules: WordModules<Words>): (locale: Locale) => Promise<Words> {
  const loaded = new Map<Locale, Promise<Words>>();

  /**
   * With `status` and `value`, which `use` reads. Otherwise the first `use` suspends even if the words are there: the page
   * vanishes for a moment, and loses the focus.
   */
  return (locale) => {
    const known = loaded.get(locale);
    if (known) return known;
    const words = modules[locale]().then((module) => module.default);
    loaded.set(locale, words);
    words.then(
      (value) => Object.assign(words, { status: 'fulfilled', value }),
      () => loaded.delete(locale),
    );
    return words;
  };
}

/** A hook that returns the words in the user's language. Suspends until they are there. */
export function defineWords<Words>(modules: WordModules<Words>): () => Words {
  const load = createWordLoader(modules);
  // Starts now, while other parts are loaded, too.
  void load(currentLocale());
  return () => use(load(useLocale().locale));
}

/** The forms of a plural in a language. `#` is replaced by the number. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** Chooses the form of a plural: `plural(locale, 3, { one: …, other: … })`. */
export function plural(locale: Locale, count: number, forms: PluralForms): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return form.replaceAll('#', numberFormat(locale).format(count));
}

/** Puts a value, such as a name, into a text: `fill('to {to}', { to: 'Ada' })`. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (found, name: string) => isolate(values[name] ?? found));
