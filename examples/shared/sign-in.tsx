import type { SignOutReason } from '@latchkey/client';
import {
  type CodeStep,
  type NewPasswordStep,
  type SecondFactorStep,
  type StartStep,
  useAction,
  useSignIn,
} from '@latchkey/client/react';
import { useEffect, useState } from 'react';
import { CodeField, Field, Form } from './form';

const NOTICES = {
  EMAIL_VERIFIED: 'Your address is verified. Sign in.',
  PASSWORD_CHANGED: 'Your password was changed. Sign in with it.',
  PASSKEY_CANCELLED: 'No passkey was used.',
  PASSKEY_UNSUPPORTED: 'This browser cannot use passkeys.',
  SOCIAL_CANCELLED: 'You have cancelled the sign-in.',
  SOCIAL_NOT_STARTED: 'This sign-in was started elsewhere. Start again.',
};

const ENDED = 'Your session has ended. Sign in again.';
/** Why the user is on this page. */
const REASONS: Partial<Record<SignOutReason, string>> = {
  MISSING: 'This browser does not keep cookies of the sign-in service. Allow them to stay signed in.',
  ACCOUNT_DISABLED: 'Your account is disabled.',
  EXPIRED: ENDED,
  INVALID: ENDED,
  REUSED: ENDED,
  REVOKED: ENDED,
};

/** Sign-in, sign-up and password reset. */
export function SignIn({ reason }: { readonly reason?: SignOutReason | undefined }) {
  const signIn = useSignIn({ autofill: true });
  const text = signIn.notice ? NOTICES[signIn.notice] : reason && REASONS[reason];
  return (
    <section>
      {text && <p role="status">{text}</p>}
      {signIn.step === 'start' && <Start {...signIn} />}
      {signIn.step === 'code' && <Code {...signIn} />}
      {signIn.step === 'newPassword' && <NewPassword {...signIn} />}
      {signIn.step === 'secondFactor' && <SecondFactor {...signIn} />}
      {signIn.step !== 'start' && <BackButton onClick={signIn.back} />}
    </section>
  );
}

const BackButton = ({ onClick }: { readonly onClick: () => void }) => (
  <button type="button" className="quiet" onClick={onClick}>
    Back
  </button>
);

type Way = 'password' | 'register' | 'code' | 'reset';

function Start(signIn: StartStep) {
  const [way, setWay] = useState<Way>('password');
  const go = (next: Way) => () => {
    signIn.back(); // Problems of one form are none of the next.
    setWay(next);
  };
  if (way === 'register') return <Register {...signIn} back={go('password')} />;
  if (way === 'code')
    return (
      <AskForCode
        {...signIn}
        title="Sign in with a code"
        send={(to) => (to.includes('@') ? signIn.withEmailCode({ email: to }) : signIn.withPhoneCode({ phone: to }))}
        back={go('password')}
      />
    );
  if (way === 'reset')
    return (
      <AskForCode
        {...signIn}
        title="Choose a new password"
        send={(identifier) => signIn.resetPassword({ identifier })}
        back={go('password')}
      />
    );
  return (
    <>
      <h1>Sign in</h1>
      <Form
        {...signIn}
        onSubmit={({ identifier = '', password = '' }) => signIn.withPassword({ identifier, password })}
      >
        <Field
          name="identifier"
          label="Email address or phone number"
          autoComplete="username webauthn"
          errors={signIn.errors}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          errors={signIn.errors}
        />
        <button type="submit">Sign in</button>
      </Form>
      <button type="button" className="quiet" onClick={go('reset')}>
        I forgot my password
      </button>
      <hr />
      <button type="button" disabled={signIn.isPending} onClick={signIn.withPasskey}>
        Sign in with a passkey
      </button>
      <button type="button" onClick={go('code')}>
        Sign in with a code
      </button>
      <SocialButtons {...signIn} />
      <hr />
      <button type="button" onClick={go('register')}>
        Create an account
      </button>
    </>
  );
}

function Register({ errors, isPending, register, back }: StartStep & { readonly back: () => void }) {
  return (
    <>
      <h1>Create an account</h1>
      <Form
        errors={errors}
        isPending={isPending}
        onSubmit={({ email = '', password = '' }) => register({ email, password })}
      >
        <Field name="email" label="Email address" type="email" autoComplete="username" errors={errors} />
        <Field name="password" label="Password" type="password" autoComplete="new-password" errors={errors} />
        <button type="submit">Create the account</button>
      </Form>
      <BackButton onClick={back} />
    </>
  );
}

interface AskForCodeProps extends Pick<StartStep, 'errors' | 'isPending' | 'back'> {
  readonly title: string;
  send(to: string): void;
}

function AskForCode({ errors, isPending, title, send, back }: AskForCodeProps) {
  return (
    <>
      <h1>{title}</h1>
      <Form errors={errors} isPending={isPending} onSubmit={({ to = '' }) => send(to.trim())}>
        <Field
          name="to"
          label="Email address or phone number"
          autoComplete="username"
          errors={errors}
          aliases={['identifier', 'email', 'phone']}
        />
        <button type="submit">Send a code</button>
      </Form>
      <BackButton onClick={back} />
    </>
  );
}

function SocialButtons({ isPending, withSocial }: StartStep) {
  const { run, result: providers } = useAction('socialProviders');
  useEffect(() => void run(), [run]);
  return providers?.map(({ name, label }) => (
    <button type="button" key={name} disabled={isPending} onClick={() => withSocial(name)}>
      {label}
    </button>
  ));
}

function Code(signIn: CodeStep) {
  return (
    <>
      <h1>Enter the code</h1>
      <p>We sent it to {signIn.sentTo}.</p>
      <Form {...signIn} onSubmit={({ code = '' }) => signIn.submit({ code })}>
        <CodeField name="code" label="Code" errors={signIn.errors} />
        <button type="submit">Continue</button>
      </Form>
      <Resend {...signIn} />
    </>
  );
}

function NewPassword(signIn: NewPasswordStep) {
  const { errors } = signIn;
  return (
    <>
      <h1>Choose a new password</h1>
      <p>We sent a code to {signIn.sentTo}.</p>
      <Form {...signIn} onSubmit={({ code = '', newPassword = '' }) => signIn.submit({ code, newPassword })}>
        <CodeField name="code" label="Code" errors={errors} />
        <Field name="newPassword" label="New password" type="password" autoComplete="new-password" errors={errors} />
        <button type="submit">Change the password</button>
      </Form>
      <Resend {...signIn} />
    </>
  );
}

function Resend({ resend, resendAt, isPending }: CodeStep | NewPasswordStep) {
  const [mayResend, setMayResend] = useState(false);
  useEffect(() => {
    setMayResend(false);
    const timer = setTimeout(() => setMayResend(true), Date.parse(resendAt) - Date.now());
    return () => clearTimeout(timer);
  }, [resendAt]);
  return (
    resend && (
      <button type="button" disabled={isPending || !mayResend} onClick={resend}>
        Send another code
      </button>
    )
  );
}

function SecondFactor(signIn: SecondFactorStep) {
  const { errors, factors, isPending } = signIn;
  return (
    <>
      <h1>Confirm that it is you</h1>
      {factors.includes('PASSKEY') && (
        <button type="button" disabled={isPending} onClick={signIn.withPasskey}>
          Use a passkey
        </button>
      )}
      {factors.includes('TOTP') && (
        <Form {...signIn} errors={{ fields: errors.fields }} onSubmit={({ totp = '' }) => signIn.submit({ totp })}>
          <CodeField name="totp" label="Code of your authenticator app" errors={errors} />
          <button type="submit">Continue</button>
        </Form>
      )}
      {factors.includes('RECOVERY_CODE') && (
        <Form {...signIn} onSubmit={({ recoveryCode = '' }) => signIn.submit({ recoveryCode })}>
          <Field name="recoveryCode" label="Recovery code" autoComplete="off" errors={errors} />
          <button type="submit">Use the recovery code</button>
        </Form>
      )}
    </>
  );
}
