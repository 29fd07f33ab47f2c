import {
  type CodeStep,
  type NewPasswordStep,
  type SecondFactorStep,
  type StartStep,
  useLatchkey,
  useSignIn,
} from '@latchkey/client/react';
import { useEffect, useState } from 'react';
import { Field, Form } from './form';

const NOTICES = {
  EMAIL_VERIFIED: 'Your address is verified. Sign in.',
  PASSWORD_CHANGED: 'Your password was changed. Sign in with it.',
  PASSKEY_CANCELLED: 'No passkey was used.',
  PASSKEY_UNSUPPORTED: 'This browser cannot use passkeys.',
  SOCIAL_CANCELLED: 'The sign-in was cancelled.',
  SOCIAL_NOT_STARTED: 'This sign-in was started elsewhere. Start again.',
};

/** Sign-in, sign-up and password reset. */
export function SignIn() {
  const signIn = useSignIn({ autofill: true });
  return (
    <section>
      {signIn.notice && <p role="status">{NOTICES[signIn.notice]}</p>}
      {signIn.step === 'start' && <Start {...signIn} />}
      {signIn.step === 'code' && <Code {...signIn} />}
      {signIn.step === 'newPassword' && <NewPassword {...signIn} />}
      {signIn.step === 'secondFactor' && <SecondFactor {...signIn} />}
      {signIn.step !== 'start' && (
        <button type="button" onClick={signIn.back}>
          Back
        </button>
      )}
    </section>
  );
}

function Start(signIn: StartStep) {
  const { errors, isPending } = signIn;
  const actions: Record<string, (email: string, password: string) => Promise<void>> = {
    signIn: (identifier, password) => signIn.withPassword({ identifier, password }),
    register: (email, password) => signIn.register({ email, password }),
    emailCode: (email) => signIn.withEmailCode({ email }),
    reset: (identifier) => signIn.resetPassword({ identifier }),
  };
  const { identifier = '', ...fields } = errors.fields;
  return (
    <>
      <h1>Sign in</h1>
      <Form
        errors={errors}
        isPending={isPending}
        onSubmit={({ action = '', email = '', password = '' }) => actions[action]?.(email, password)}
      >
        <Field
          name="email"
          label="Email address"
          type="email"
          autoComplete="username webauthn"
          required
          errors={{ fields: { ...(identifier && { email: identifier }), ...fields } }}
        />
        <Field name="password" label="Password" type="password" autoComplete="current-password" errors={errors} />
        <button type="submit" name="action" value="signIn">
          Sign in
        </button>
        <button type="submit" name="action" value="register">
          Create an account
        </button>
        <button type="submit" name="action" value="emailCode">
          Send me a code
        </button>
        <button type="submit" name="action" value="reset">
          I forgot my password
        </button>
      </Form>
      <button type="button" disabled={isPending} onClick={() => signIn.withPasskey()}>
        Sign in with a passkey
      </button>
      <SocialButtons {...signIn} />
    </>
  );
}

function SocialButtons({ isPending, withSocial }: StartStep) {
  const latchkey = useLatchkey();
  const [providers, setProviders] = useState<Awaited<ReturnType<typeof latchkey.socialProviders>>>([]);
  useEffect(() => {
    latchkey.socialProviders().then(setProviders, () => {}); // In an outage, the other ways fail with a message.
  }, [latchkey]);
  return providers.map(({ name, label }) => (
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
        <Field
          name="code"
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          errors={signIn.errors}
        />
        <button type="submit">Continue</button>
      </Form>
      <Resend {...signIn} />
    </>
  );
}

function NewPassword(signIn: NewPasswordStep) {
  return (
    <>
      <h1>Choose a new password</h1>
      <p>We sent a code to {signIn.sentTo}.</p>
      <Form {...signIn} onSubmit={({ code = '', newPassword = '' }) => signIn.submit({ code, newPassword })}>
        <Field
          name="code"
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          errors={signIn.errors}
        />
        <Field
          name="newPassword"
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          errors={signIn.errors}
        />
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
  return (
    <>
      <h1>Confirm that it is you</h1>
      {signIn.factors.includes('PASSKEY') && (
        <button type="button" disabled={signIn.isPending} onClick={signIn.withPasskey}>
          Use a passkey
        </button>
      )}
      {signIn.factors.includes('TOTP') && (
        <Form {...signIn} onSubmit={({ totp = '' }) => signIn.submit({ totp })}>
          <Field
            name="totp"
            label="Code of your authenticator app"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            errors={signIn.errors}
          />
          <button type="submit">Continue</button>
        </Form>
      )}
      {signIn.factors.includes('RECOVERY_CODE') && (
        <Form {...signIn} onSubmit={({ recoveryCode = '' }) => signIn.submit({ recoveryCode })}>
          <Field name="recoveryCode" label="Recovery code" required errors={signIn.errors} />
          <button type="submit">Use the recovery code</button>
        </Form>
      )}
    </>
  );
}
