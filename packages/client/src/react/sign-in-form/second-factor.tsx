import { useState } from 'react';
import { NO_ERRORS } from '../../form-errors.ts';
import { hasPasskeys } from '../../passkeys.ts';
import type { SecondFactorStep } from '../../sign-in/steps.ts';
import { LinkButton } from './button.tsx';
import { CodeField, Field } from './field.tsx';
import { Form } from './form.tsx';
import { Heading } from './heading.tsx';
import { useCount, useWords } from './words.ts';

/** One factor at a time, the strongest first. */
export function SecondFactor({ signIn }: { readonly signIn: SecondFactorStep }) {
  const words = useWords();
  const usable = signIn.factors.filter((factor) => factor !== 'PASSKEY' || hasPasskeys());
  /** With the problems of the factor before. */
  const [[factor = 'RECOVERY_CODE', past], choose] = useState([usable[0] ?? signIn.factors[0], NO_ERRORS] as const);
  const { errors } = signIn;
  const form = { ...signIn, errors: errors === past ? NO_ERRORS : errors };
  const attempts = useCount(words.attempts, signIn.attemptsRemaining);
  const { title, hint, label } = words.factors[factor];
  return (
    <>
      <Heading step={factor} hint={hint}>
        {title}
      </Heading>
      {/* An authenticator app may have codes of six to eight digits, so the form is not sent by itself. */}
      {factor === 'PASSKEY' && <Form {...form} fields={[]} submit={label} onSubmit={signIn.withPasskey} />}
      {factor === 'TOTP' && (
        <Form {...form} fields={['totp']} submit={words.continue} onSubmit={({ totp = '' }) => signIn.submit({ totp })}>
          <CodeField name="totp" label={label} hint={attempts} />
        </Form>
      )}
      {factor === 'RECOVERY_CODE' && (
        <Form
          {...form}
          fields={['recoveryCode']}
          submit={words.continue}
          onSubmit={({ recoveryCode = '' }) => signIn.submit({ recoveryCode })}
        >
          <Field name="recoveryCode" label={label} hint={attempts} autoComplete="off" />
        </Form>
      )}
      {usable
        .filter((other) => other !== factor)
        .map((other) => (
          <LinkButton key={other} onClick={() => choose([other, errors])}>
            {words.factors[other].other}
          </LinkButton>
        ))}
      <LinkButton onClick={signIn.back}>{words.back}</LinkButton>
    </>
  );
}
