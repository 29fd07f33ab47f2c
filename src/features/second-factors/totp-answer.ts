import { ChallengeFailed, FieldProblem } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import { attemptsLeft } from '../challenges/challenge.ts';
import type { TotpFactors, TotpMatch } from '../factors/totp.service.ts';
import { parseTotpCode } from '../factors/totp.ts';
import type { ReadSecondFactor } from '../sign-in/second-factor-answer.ts';

/** A code from the authenticator app as an answer to a SECOND_FACTOR challenge. */
export function createTotpAnswer({ db, totp }: { db: Db; totp: TotpFactors }): ReadSecondFactor {
  return (challengeId, text) => {
    const code = parseTotpCode(text);
    if (code === undefined) return new FieldProblem('totp', 'INVALID_FORMAT', 'code-format');
    let match: TotpMatch | undefined;
    return {
      method: 'totp',
      answer: {
        challengeId,
        async isRight({ userId }) {
          match = userId === null ? undefined : await totp.match(db, userId, code);
          return match !== undefined;
        },
      },
      check: async (challenge) =>
        match?.isUsed ? new ChallengeFailed('ALREADY_USED', attemptsLeft(challenge)) : undefined,
      accept: async (tx) => (match && (await totp.accept(tx, match)) ? ['otp'] : new ChallengeFailed('ALREADY_USED')),
    };
  };
}
