import { useState } from 'react';
import { type FormErrors, NO_ERRORS } from '../../form-errors.ts';
import type { SecondFactor as SecondFactorName } from '../../generated/types.ts';
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
  const [factor = 'RECOVERY_CODE', setFactor] = useState(usable[0] ?? signIn.factors[0]);
  /** Problems of the factor before. */
  const [past, setPast] = useState<FormErrors>();
  const form = { ...signIn, errors: signIn.errors === past ? NO_ERRORS : signIn.errors };
  const choose = (other: SecondFactorName) => {
    setPast(signIn.errors);
    setFactor(other);
  };
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
          <LinkButton key={other} onClick={() => choose(other)}>
            {words.factors[other].other}
          </LinkButton>
        ))}
      <LinkButton onClick={signIn.back}>{words.back}</LinkButton>
    </>
  );
}
