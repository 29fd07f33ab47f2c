import type { ChallengeFailure, ChallengeFieldsFragment, FormErrors } from '@latchkey/client';
import { type Action, useAction, useUser } from '@latchkey/client/react';
import { useMemo, useState } from 'react';
import { ofCode } from '../code-field.tsx';
import { type ContactDialog, forgetCode, keepCode, readCode } from './kept-code.ts';
import type { SentCodeProps } from './sent-code.tsx';

interface Outcome {
  readonly __typename: string;
  readonly message?: string;
  readonly reason?: ChallengeFailure;
  readonly attemptsRemaining?: number;
}
type Values = Readonly<Record<string, string>>;
type Request = (values: Values) => Promise<Outcome>;
type Confirm = (input: { readonly challengeId: string; readonly code: string }) => Promise<Outcome>;

export interface CodeFlow {
  /** After a reload of the page it is open again, if a code was sent. */
  readonly dialog: ContactDialog;
  /** Sends the code. Called with the values of a form, and with the same ones if the user wants another code. */
  readonly request: Request;
  readonly confirm: Confirm;
  /** The outcomes of `confirm` that complete it. */
  readonly done: readonly string[];
}

export interface SentCodeState {
  /** Sends the code. */
  readonly request: Action<Request>;
  /** Set once the code is sent. */
  readonly sent: Omit<SentCodeProps, 'children'> | undefined;
  send(values: Values): Promise<void>;
  /** Goes back to the request. */
  back(): void;
}

/** Sends a code, again if the user wants it, and takes it. */
export function useSentCode({ dialog, request, confirm, done }: CodeFlow, onDone: () => void): SentCodeState {
  const userId = useUser()?.id;
  const sending = useAction(request);
  const confirming = useAction(confirm);
  const [sent, setSent] = useState(() => {
    const kept = readCode(userId);
    return kept?.dialog === dialog ? kept : undefined;
  });
  const errors = useCodeErrors(sending.errors, confirming);

  async function send(values: Values): Promise<void> {
    confirming.reset();
    const result = await sending.run(values);
    if (result?.__typename !== 'Challenge') return;
    const code = { dialog, values, challenge: result as ChallengeFieldsFragment & Outcome };
    if (userId) keepCode(code, userId);
    setSent(code);
  }
  async function submit(challengeId: string, code: string): Promise<void> {
    sending.reset();
    const result = await confirming.run({ challengeId, code });
    if (result && done.includes(result.__typename)) onDone();
  }

  return {
    request: sending,
    send,
    sent: sent && {
      challenge: sent.challenge,
      errors,
      isPending: sending.isPending || confirming.isPending,
      attemptsRemaining: attemptsOf(confirming.result),
      onSubmit: (code) => void submit(sent.challenge.id, code),
      onResend: () => void send(sent.values),
    },
    back() {
      confirming.reset();
      forgetCode();
      setSent(undefined);
    },
  };
}

/** A wrong code is a problem of the field. */
function useCodeErrors(ofRequest: FormErrors, { errors, result }: Action<Confirm>): FormErrors {
  const isWrong = result?.reason === 'WRONG_CODE';
  const attempts = attemptsOf(result);
  return useMemo(() => {
    // The message says to try again.
    if (isWrong) return attempts === 0 ? { fields: {} } : ofCode(errors);
    return errors.form || Object.keys(errors.fields).length > 0 ? errors : ofRequest;
  }, [isWrong, attempts, errors, ofRequest]);
}

/** After a wrong code. 0 if the code no longer works, whatever the reason. */
function attemptsOf(result: Outcome | undefined): number | undefined {
  if (result?.__typename !== 'ChallengeFailed') return undefined;
  return result.reason === 'WRONG_CODE' ? result.attemptsRemaining : 0;
}
