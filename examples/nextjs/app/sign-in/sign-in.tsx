'use client';

import { useState } from 'react';
import { latchkey, open } from '../../lib/latchkey';
import { Field, Form, textOf } from '../form';

type Step = { name: 'password' } | { name: 'secondFactor' | 'email'; challengeId: string };

/** Email and password, then what the service asks for. @param to the page to open afterwards */
export function SignIn({ to }: { to: string | undefined }) {
  const [step, setStep] = useState<Step>({ name: 'password' });

  async function signIn(values: FormData) {
    const result = await latchkey.login({
      identifier: textOf(values, 'identifier'),
      password: textOf(values, 'password'),
    });
    if (result.__typename === 'Authenticated') open(to);
    if (result.__typename === 'SecondFactorRequired')
      setStep({ name: 'secondFactor', challengeId: result.challengeId });
    if (result.__typename === 'Challenge') setStep({ name: 'email', challengeId: result.id });
    return result;
  }

  async function confirm(values: FormData, { name, challengeId }: Exclude<Step, { name: 'password' }>) {
    const code = textOf(values, 'code');
    const result =
      name === 'email'
        ? await latchkey.verifyEmail({ challengeId, code })
        : await latchkey.verifySecondFactor({ challengeId, totp: code });
    if (result.__typename === 'Authenticated') open(to);
    if (result.__typename === 'SecondFactorRequired')
      setStep({ name: 'secondFactor', challengeId: result.challengeId });
    return result;
  }

  if (step.name === 'password')
    return (
      <Form action="Sign in" send={signIn}>
        <Field label="Email" name="identifier" type="email" autoComplete="username" />
        <Field label="Password" name="password" type="password" autoComplete="current-password" />
      </Form>
    );
  return (
    <Form key={step.name} action="Continue" send={(values) => confirm(values, step)}>
      <p>{step.name === 'email' ? 'We sent you a code.' : 'Enter the code of your authenticator app.'}</p>
      <Field label="Code" name="code" autoComplete="one-time-code" />
    </Form>
  );
}
