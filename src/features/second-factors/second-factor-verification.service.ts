import type { AuthenticationMethod } from '../../core/authentication-methods.ts';
import { acceptInput } from '../../core/input.ts';
import {
  type AccountDisabled,
  ChallengeFailed,
  FieldProblem,
  type InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { DEVICE_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import { METHODS } from '../sign-in/methods.ts';
import {
  FACTOR_FIELDS,
  type FactorField,
  type SecondFactorAnswer,
  type SecondFactorReaders,
} from '../sign-in/second-factor-answer.ts';
import type { PendingSignIn } from '../sign-in/second-factor-request.service.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';

export interface SecondFactorInput extends Partial<Record<FactorField, string | null | undefined>> {
  challengeId: string;
  device?: string | null | undefined;
}

/** Completes a sign-in whose first factor was accepted. */
export type VerifySecondFactor = (
  input: SecondFactorInput,
  client: Client,
) => Promise<Authenticated | AccountDisabled | ChallengeFailed | InvalidInput | RateLimited>;

interface Dependencies {
  accounts: Accounts;
  challenges: Challenges;
  redeem: Redeem;
  signIn: SignIn;
  readers: SecondFactorReaders;
}

export function createSecondFactorVerification(dependencies: Dependencies): VerifySecondFactor {
  const { accounts, challenges, redeem, signIn, readers } = dependencies;

  function readFactor(input: SecondFactorInput): SecondFactorAnswer | FieldProblem {
    const [field, ...others] = FACTOR_FIELDS.filter((field) => input[field]);
    if (!field || others.length > 0) return new FieldProblem('totp', 'REQUIRED', 'one-factor');
    const read = readers[field];
    return read
      ? read(input.challengeId, input[field] ?? '')
      : new FieldProblem(field, 'NOT_ALLOWED', 'method-unavailable');
  }

  return async (input, client) => {
    const parsed = acceptInput({
      factor: readFactor(input),
      device: tidyText('device', input.device, DEVICE_MAX_LENGTH),
    });
    if (isProblem(parsed)) return parsed;
    const { factor, device } = parsed;

    return redeem(factor.answer, {
      purposes: ['SECOND_FACTOR'],
      client,
      prepare: async (challenge) => factor.check?.(challenge, client),
      async lock(tx, { id, userId }) {
        const user = userId === null ? undefined : await accounts.lock(tx, userId);
        if (!user) return new ChallengeFailed('UNKNOWN');
        // Another answer may have completed the sign-in. This one is then not used up.
        if (!(await challenges.isOpen(tx, id))) return new ChallengeFailed('ALREADY_USED');
        const methods = await factor.accept(tx, user, client);
        return isProblem(methods) ? methods : { user, methods };
      },
      apply(tx, { payload }, { holder: { user, methods } }) {
        const pending = payload as PendingSignIn; // Only second-factor-request.service.ts writes it.
        return signIn.complete(tx, {
          user,
          method: pending.method,
          authenticationMethods: union(METHODS[pending.method], methods, ['mfa']),
          secondFactor: factor.method,
          client,
          device: device ?? pending.device,
        });
      },
      async refused(refusal, challenge) {
        const tried = challenge ?? (await challenges.find(input.challengeId));
        const userId = tried?.purpose === 'SECOND_FACTOR' ? (tried.userId ?? undefined) : undefined;
        const outcome = refusal === 'limited' ? 'limited' : 'wrong-second-factor';
        const reason = factor.reason?.();
        return {
          type: 'sign-in',
          outcome,
          userId,
          method: factor.method,
          client,
          ...(reason && { detail: { reason } }),
        };
      },
    });
  };
}

const union = (...lists: readonly (readonly AuthenticationMethod[])[]): AuthenticationMethod[] => [
  ...new Set(lists.flat()),
];
