import type { Latchkey } from '../client.ts';
import { LatchkeyError } from '../errors.ts';
import { type FormErrors, fieldErrors, formErrors, NO_ERRORS } from '../form-errors.ts';
import { type Session, type SessionUser, userIdOf } from '../session.ts';
import { type Body, createBodies, type Flow, type Run } from './bodies.ts';
import { keepStep, readStep } from './kept-step.ts';
import type { SignedInStep, SignInNotice, SignInOutcome, SignInState } from './steps.ts';

export interface SignInMachine {
  /** A snapshot, replaced when it changes. */
  current(): SignInState;
  /** Returns a function that ends it. */
  listen(listener: () => void): () => void;
  /** Goes on with a code that was sent before the page was loaded again, unless a session has ended meanwhile. */
  resume(): void;
  /** Goes on with a social sign-in, if this page is its redirect URI. */
  completeSocial(): Promise<void>;
  /** Offers passkeys in the suggestions of a field. Returns a function that ends it. */
  offerPasskeys(): () => void;
}

interface Status {
  readonly errors?: FormErrors | undefined;
  readonly isPending?: boolean;
  readonly notice?: SignInNotice;
}

/** What is no problem of an input. */
const NOTICES = {
  EmailVerified: 'EMAIL_VERIFIED',
  PasswordChanged: 'PASSWORD_CHANGED',
  PasskeyCancelled: 'PASSKEY_CANCELLED',
  PasskeyUnsupported: 'PASSKEY_UNSUPPORTED',
  SocialCancelled: 'SOCIAL_CANCELLED',
  SocialNotStarted: 'SOCIAL_NOT_STARTED',
} as const satisfies Record<string, SignInNotice>;

/** Outcomes after the user has picked a passkey. */
const ANSWERS = ['Authenticated', 'ChallengeFailed', 'AccountDisabled'];
/** After these, another passkey may be picked. */
const REOFFERS = ['PasskeyCancelled', 'ChallengeFailed', 'AccountDisabled'];

/**
 * Leads through the steps of a sign-in. Knows no framework.
 * @param onSignedIn called after each sign-in, whether there are listeners or not
 */
export function createSignIn(latchkey: Latchkey, onSignedIn?: (step: SignedInStep) => void): SignInMachine {
  const listeners = new Set<() => void>();
  const { start, sent, secondFactor } = createBodies(latchkey, run, () => (returnTo === undefined ? {} : { returnTo }));
  let body = start;
  let snapshot = toSnapshot({});
  /** Counts the calls: only the outcome of the last one counts. */
  let turn = 0;
  let returnTo: string | undefined;
  let offer: (() => Promise<void>) | undefined;
  /** Who has signed in in another tab, during a call. */
  let elsewhere: SessionUser | undefined;
  let endOfSession = () => {};

  const signedIn = (user: SessionUser, isNewUser = false): Body => ({ step: 'signedIn', user, isNewUser, returnTo });

  function toSnapshot({ errors = NO_ERRORS, isPending = false, notice }: Status): SignInState {
    return { ...body, errors, isPending, notice, back } as SignInState; // A body is a step without what is added here.
  }
  function show(next: Body, status: Status = {}): void {
    const wasSignedIn = body.step === 'signedIn';
    body = next;
    keepStep(body);
    snapshot = toSnapshot(status);
    for (const listener of [...listeners]) listener();
    if (snapshot.step === 'signedIn' && !wasSignedIn) onSignedIn?.(snapshot);
  }
  function back(): void {
    turn += 1;
    show(start);
  }

  async function run(...[call, flow]: Parameters<Run>): Promise<void> {
    turn += 1;
    const mine = turn;
    show(body, { isPending: true });
    try {
      const outcome = await call();
      if (mine === turn) take(outcome, flow);
    } catch (error) {
      const isKnown = error instanceof LatchkeyError;
      if (mine === turn) show(body, isKnown ? { errors: formErrors(error) } : {});
      if (!isKnown) throw error;
    } finally {
      if (mine === turn && elsewhere && body.step !== 'signedIn') show(signedIn(elsewhere));
      elsewhere = undefined;
    }
  }

  function take(outcome: SignInOutcome | undefined, flow: Flow = {}): void {
    if (outcome && 'returnTo' in outcome) returnTo = outcome.returnTo;
    // The passkey of a button has replaced the offer.
    if (body.step === 'start' && REOFFERS.includes(outcome?.__typename ?? '')) void offer?.();
    if (outcome?.__typename === 'SocialAuthorization') leave();
    else show(...next(outcome, flow));
  }

  /** The step that an outcome leads to, and what it shows. */
  function next(outcome: SignInOutcome | undefined, flow: Flow): [Body, Status?] {
    switch (outcome?.__typename) {
      case 'Authenticated':
        return [signedIn(outcome.user, outcome.isNewUser)];
      case 'SecondFactorRequired':
        return [secondFactor(outcome)];
      case 'Challenge':
        return [flow.way ? sent(outcome, { ...flow, way: flow.way }) : body];
      case 'EmailVerified':
      case 'PasswordChanged':
        return [start, { notice: NOTICES[outcome.__typename] }];
      case 'PasskeyCancelled':
      case 'PasskeyUnsupported':
      case 'SocialCancelled':
      case 'SocialNotStarted':
        return [body, { notice: NOTICES[outcome.__typename] }];
      case 'AccountDisabled':
      case 'PasswordRequired':
        return [start, { errors: formErrors(outcome) }];
      case 'EmailTaken':
        return [body, { errors: { fields: { email: outcome.message } } }];
      case 'ChallengeFailed': {
        const errors = flow.field ? fieldErrors(outcome, flow.field) : formErrors(outcome);
        const attemptsRemaining = 'attemptsRemaining' in outcome ? outcome.attemptsRemaining : undefined;
        if (body.step === 'start' || (body.step === 'secondFactor' && !attemptsRemaining))
          return [start, { errors: formErrors(outcome) }];
        return [{ ...body, attemptsRemaining } as Body, { errors }]; // The step takes a code.
      }
      default:
        return [body, { errors: formErrors(outcome) }];
    }
  }

  /** Until the page is left. The browser may show it again as it was, when the user goes back. */
  function leave(): void {
    show(body, { isPending: true });
    addEventListener('pageshow', () => show(body), { once: true });
  }

  /** Another tab may sign in or out. */
  function follow(session: Session, previous: Session): void {
    if (session.status === 'signedOut' && body.step === 'signedIn') back();
    if (session.status !== 'signedIn' || session.user.id === userIdOf(previous)) return;
    if (snapshot.isPending) elsewhere = session.user;
    else show(signedIn(session.user));
  }

  return {
    current: () => snapshot,
    listen(listener) {
      listeners.add(listener);
      if (listeners.size === 1) endOfSession = latchkey.onChange(follow);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) endOfSession();
      };
    },
    resume() {
      const { session } = latchkey;
      const step = session.status === 'signedIn' || 'reason' in session ? undefined : readStep();
      if (step && body === start) show(sent(step, step));
    },
    async completeSocial() {
      if (typeof location === 'undefined' || !new URLSearchParams(location.search).has('state')) return;
      await run(() => latchkey.completeSocial());
    },
    offerPasskeys() {
      const controller = new AbortController();
      offer = async () => {
        const outcome = await latchkey.signInWithPasskey({ autofill: true, signal: controller.signal }).catch(() => {});
        // The rest is of no interest to a user who has not asked for it.
        if (outcome && ANSWERS.includes(outcome.__typename)) take(outcome);
      };
      void offer();
      return () => {
        offer = undefined;
        controller.abort();
      };
    },
  };
}
