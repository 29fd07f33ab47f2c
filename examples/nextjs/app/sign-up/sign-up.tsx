'use client';

import { useState } from 'react';
import { latchkey, open } from '../../lib/latchkey';
import { Field, Form, textOf } from '../form';

/** Email and password, then the code that the service sends to the address. */
export function SignUp() {
  const [challenge, setChallenge] = useState<{ id: string; sentTo: string }>();

  async function register(values: FormData) {
    const result = await latchkey.registerEmail({
      email: textOf(values, 'email'),
      password: textOf(values, 'password'),
    });
    if (result.__typename === 'Authenticated') open('/account');
    if (result.__typename === 'Challenge') setChallenge(result);
    return result;
  }

  async function verify(values: FormData, challengeId: string) {
    const result = await latchkey.verifyEmail({ challengeId, code: textOf(values, 'code') });
    if (result.__typename === 'Authenticated') open('/account');
    return result;
  }

  if (!challenge)
    return (
      <Form action="Sign up" send={register}>
        <Field label="Email" name="email" type="email" autoComplete="email" />
        <Field label="Password" name="password" type="password" autoComplete="new-password" />
      </Form>
    );
  return (
    <Form key="code" action="Continue" send={(values) => verify(values, challenge.id)}>
      <p>We sent a code to {challenge.sentTo}.</p>
      <Field label="Code" name="code" autoComplete="one-time-code" />
    </Form>
  );
}
