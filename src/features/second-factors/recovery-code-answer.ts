import { ChallengeFailed, FieldProblem } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import { attemptsLeft } from '../challenges/challenge.ts';
import type { RecoveryCodes } from '../factors/recovery-code.service.ts';
import { parseRecoveryCode } from '../factors/recovery-code.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { ReadSecondFactor } from '../sign-in/second-factor-answer.ts';

interface Dependencies {
  db: Db;
  audit: Audit;
  recoveryCodes: RecoveryCodes;
  notices: Notices;
}

/** A recovery code as an answer to a SECOND_FACTOR challenge. The owner is notified of its use. */
export function createRecoveryCodeAnswer({ db, audit, recoveryCodes, notices }: Dependencies): ReadSecondFactor {
  return (challengeId, text) => {
    const code = parseRecoveryCode(text);
    if (code === undefined) return new FieldProblem('recoveryCode', 'INVALID_FORMAT', 'recovery-code-format');
    let match: { isUsed: boolean } | undefined;
    return {
      method: 'recovery-code',
      answer: {
        challengeId,
        async isRight({ userId }) {
          match = userId === null ? undefined : await recoveryCodes.match(db, userId, code);
          return match !== undefined;
        },
      },
      check: async (challenge) =>
        match?.isUsed ? new ChallengeFailed('ALREADY_USED', attemptsLeft(challenge)) : undefined,
      async accept(tx, user, client) {
        if (!(await recoveryCodes.use(tx, user.id, code))) return new ChallengeFailed('ALREADY_USED');
        const left = await recoveryCodes.count(tx, user.id);
        const event = { type: 'second-factor', outcome: 'recovery-code-used', userId: user.id, client } as const;
        await audit.record(tx, { ...event, detail: { left } });
        await notices.recoveryCodeUsed(tx, user, left, client);
        return ['otp'];
      },
    };
  };
}
