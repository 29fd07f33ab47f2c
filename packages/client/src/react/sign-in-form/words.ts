import { createContext, useContext, useEffect, useState } from 'react';
import type { SecondFactor } from '../../generated/types.ts';
import type { SignOutReason } from '../../session.ts';
import type { SignInNotice } from '../../sign-in/steps.ts';

/** What the user wants to do, before anything was sent. */
export type SignInView = 'signIn' | 'signUp' | 'code' | 'forgotPassword';

/** By the plural rules of the language. */
type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** `{to}`, `{count}` and `{provider}` are replaced. */
export interface Words {
  readonly titles: Readonly<
    Record<SignInView | 'enterCode' | 'openLink' | 'codeOver' | 'newPassword' | 'signingIn' | 'signedIn', string>
  >;
  readonly identifier: string;
  readonly email: string;
  readonly phone: string;
  readonly password: string;
  readonly newPassword: string;
  readonly passwordHint: string;
  readonly showPassword: string;
  readonly hidePassword: string;
  readonly forgotPassword: string;
  readonly signIn: string;
  readonly signUp: string;
  readonly or: string;
  readonly withPasskey: string;
  readonly withCode: string;
  readonly withProvider: string;
  readonly toSignUp: string;
  readonly toSignIn: string;
  readonly back: string;
  /** What happens once the user has entered the address or number. */
  readonly codeHint: string;
  readonly forgotHint: string;
  readonly sendCode: string;
  readonly code: string;
  readonly sent: Readonly<Record<'EMAIL' | 'SMS' | 'LINK' | 'RESET' | 'AGAIN', string>>;
  /** After a sign-up: the message may say that there is an account already. */
  readonly registered: string;
  readonly attempts: Forms;
  /** Browsers have no names of units in Uzbek. */
  readonly after: Readonly<Record<'second' | 'minute' | 'hour', Forms>>;
  readonly resend: string;
  /** If there is no button for another code. */
  readonly otherCode: string;
  readonly startAgain: string;
  readonly wrongRecipient: Readonly<Record<'EMAIL' | 'SMS', string>>;
  readonly continue: string;
  readonly setPassword: string;
  /** `other`: the button that changes to this factor. */
  readonly factors: Readonly<Record<SecondFactor, Readonly<Record<'title' | 'hint' | 'label' | 'other', string>>>>;
  readonly required: string;
  /** Instead of the text of a problem that the service has written in another language. */
  readonly checkField: string;
  readonly failed: string;
  readonly signUpClosed: string;
  /** The service did not say what it offers. */
  readonly offersUnknown: string;
  readonly notices: Readonly<Record<SignInNotice, string>>;
  readonly reasons: Readonly<Record<SignOutReason, string>>;
  /** For a `LatchkeyError`, by its code. */
  readonly errors: Readonly<Record<'UNAVAILABLE' | 'BLOCKED' | 'RATE_LIMITED' | 'OTHER', string>>;
}

const LANGUAGES = {
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
} satisfies Record<string, () => Promise<{ readonly words: Words }>>;
export type SignInLocale = keyof typeof LANGUAGES;

/** The first language of the browser that the form has. */
const browserLocale = (): SignInLocale =>
  navigator.languages.map((tag) => tag.slice(0, 2)).find((tag): tag is SignInLocale => tag in LANGUAGES) ?? 'en';

export interface Language {
  readonly locale: SignInLocale;
  readonly words: Words;
}

/** Undefined until the words are loaded. Only those of the chosen language are. */
export function useLanguage(wanted: SignInLocale | undefined): Language | undefined {
  const [language, setLanguage] = useState<Language>();
  useEffect(() => {
    let isWanted = true;
    const locale = wanted ?? browserLocale();
    const show = (next: () => Language) => isWanted && setLanguage(next);
    LANGUAGES[locale]().then(
      ({ words }) => show(() => ({ locale, words })),
      (error) => show(() => fail(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  return language;
}

/** For an error boundary, as after any part of an app that could not be loaded. */
function fail(error: unknown): never {
  throw error;
}

export const LanguageContext = createContext<Language | undefined>(undefined);

export function useWords(): Words {
  return useCurrentLanguage().words;
}

export function useCurrentLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('This component is part of <SignIn/>.');
  return language;
}

export const fill = (text: string, name: 'to' | 'count' | 'provider', value: string | number): string =>
  text.replace(`{${name}}`, () => String(value));

/** A text with a number, in the form that the language has for it. */
export function useCount(forms: Forms, count: number | undefined): string | undefined {
  const { locale } = useCurrentLanguage();
  if (count === undefined) return undefined;
  return fill(forms[new Intl.PluralRules(locale).select(count)] ?? forms.other, 'count', count);
}
