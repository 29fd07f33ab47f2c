import { type ReactElement, useEffect, useRef, useState } from 'react';
import { NO_ERRORS } from '../../form-errors.ts';
import type { SessionUser, SignOutReason } from '../../session.ts';
import type { SignInState } from '../../sign-in/steps.ts';
import { useSignIn } from '../use-sign-in.ts';
import { Heading, HeadingContext } from './heading.tsx';
import { hasCodes, useOffers } from './offers.ts';
import { SecondFactor } from './second-factor.tsx';
import { SentCode } from './sent-code.tsx';
import { Start } from './start.tsx';
import { fill, type Language, LanguageContext, type SignInLocale, type SignInView, useLanguage } from './words.ts';

export interface SignedIn {
  readonly user: SessionUser;
  /** Whether this sign-in has created the account. */
  readonly isNewUser: boolean;
  /** The value of the property `returnTo`. It survives the redirect to a provider and back. */
  readonly returnTo?: string | undefined;
}

export interface SignInProps {
  /** By default the first language of the browser that is available, or English. */
  readonly locale?: SignInLocale | undefined;
  /** Which form is shown. With `onViewChange`, the app keeps it, for example in the address. */
  readonly view?: SignInView | undefined;
  readonly onViewChange?: ((view: SignInView) => void) | undefined;
  /** Called once for each sign-in, also if the app has just removed the form because the user is signed in. */
  readonly onSignedIn?: ((signedIn: SignedIn) => void) | undefined;
  /** An entry of SOCIAL_REDIRECT_URIS. By default the current page without query and fragment. */
  readonly redirectUri?: string | undefined;
  /** A path of the app to go back to. */
  readonly returnTo?: string | undefined;
  /** Why the user is here, such as `session.reason`. */
  readonly reason?: SignOutReason | undefined;
  /** An email address or a phone number to begin with. */
  readonly initialIdentifier?: string | undefined;
}

/**
 * Everything from the first field to the session: sign-in, sign-up, codes, second factors and a forgotten password. It offers
 * what the service offers. Needs a `<LatchkeyProvider>` and the style sheet `@latchkey/client/sign-in.css`.
 */
export function SignIn(props: SignInProps): ReactElement {
  const language = useLanguage(props.locale);
  return (
    <section className="lk-sign-in" lang={language?.locale} aria-busy={!language}>
      <Steps {...props} language={language} />
    </section>
  );
}

/** Empty until the words are loaded. It follows the session meanwhile: another tab may sign in. */
function Steps({ language, ...props }: SignInProps & { readonly language: Language | undefined }) {
  const { onSignedIn, redirectUri, returnTo, reason, initialIdentifier = '' } = props;
  const offers = useOffers();
  const { settings } = offers;
  const [view, changeView] = useView(props);
  const isClosed = view === 'signUp' && settings?.signUpOpen === false;
  const isOffered = view === 'code' ? !settings || hasCodes(offers) : !isClosed;
  const shownView = isOffered ? view : 'signIn';
  const signIn = useSignIn({
    autofill: language !== undefined && offers.hasPasskeys && shownView === 'signIn',
    onSignedIn: (step) =>
      onSignedIn?.({ user: step.user, isNewUser: step.isNewUser, returnTo: step.returnTo ?? returnTo }),
  });
  useViewOfStep(signIn, view, changeView);
  const isReturning = useIsReturning(signIn.isPending);
  const [identifier, setIdentifier] = useState(initialIdentifier);
  const entered = 'to' in signIn ? signIn.to : undefined;
  // Also after a reload, for a user who goes back.
  useEffect(() => {
    if (entered !== undefined) setIdentifier(entered);
  }, [entered]);
  const lastHeading = useRef<string>(undefined);

  if (!language) return null;
  const { words, locale } = language;
  const { step, notice, errors } = signIn;
  const passwordHint = settings && fill(words.passwordHint, 'count', settings.passwordMinLength);
  const atStart = [
    offers.isBlocked && errors === NO_ERRORS && words.reasons.BLOCKED,
    isClosed && words.signUpClosed,
    shownView === 'signIn' && errors === NO_ERRORS && reason && words.reasons[reason],
    offers.isIncomplete && words.offersUnknown,
  ];
  const status = notice ? words.notices[notice] : step === 'start' && atStart.find(Boolean);

  return (
    <LanguageContext.Provider value={language}>
      <HeadingContext.Provider value={lastHeading}>
        <div role="status">{!isReturning && status && <p className="lk-notice">{status}</p>}</div>
        {step === 'start' && isReturning && <Heading step="signingIn">{words.titles.signingIn}</Heading>}
        {step === 'start' && !isReturning && (
          <Start
            {...{ signIn, changeView, offers, locale, identifier, setIdentifier, passwordHint }}
            view={shownView}
            social={{ ...(redirectUri && { redirectUri }), ...(returnTo && { returnTo }) }}
          />
        )}
        {(step === 'code' || step === 'newPassword') && (
          <SentCode
            key={step + signIn.sentTo}
            {...{ signIn, passwordHint }}
            identifier={signIn.to ?? identifier}
            toSignIn={view === 'signUp' ? () => changeView('signIn') : undefined}
          />
        )}
        {step === 'secondFactor' && <SecondFactor signIn={signIn} />}
        {step === 'signedIn' && <Heading step="signedIn">{words.titles.signedIn}</Heading>}
      </HeadingContext.Provider>
    </LanguageContext.Provider>
  );
}

function useView({ view, onViewChange }: SignInProps): [SignInView, (view: SignInView) => void] {
  const [own, setOwn] = useState(view ?? 'signIn');
  const change = (next: SignInView) => {
    setOwn(next);
    onViewChange?.(next);
  };
  return [(onViewChange && view) ?? own, change];
}

/** Keeps view and step in agreement. */
function useViewOfStep(signIn: SignInState, view: SignInView, changeView: (view: SignInView) => void): void {
  const lastView = useRef(view);
  useEffect(() => {
    const isOver = signIn.notice === 'EMAIL_VERIFIED' || signIn.notice === 'PASSWORD_CHANGED';
    // The steps of one view do not belong to the next.
    if (view !== lastView.current && !isOver && signIn.step !== 'signedIn') signIn.back();
    else if (view !== 'signIn' && isOver) changeView('signIn');
    lastView.current = view;
  });
}

/** Whether the user comes back from a provider. The form would be shown for a moment only. */
function useIsReturning(isPending: boolean): boolean {
  const [isReturning, setIsReturning] = useState(() => new URLSearchParams(location.search).has('state'));
  const wasPending = useRef(isPending);
  useEffect(() => {
    if (wasPending.current && !isPending) setIsReturning(false);
    wasPending.current = isPending;
  }, [isPending]);
  return isReturning;
}
