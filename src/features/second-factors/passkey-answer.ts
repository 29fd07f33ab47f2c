import { ChallengeFailed, isProblem, type RateLimited } from '../../core/problems.ts';
import { PasskeyRejected } from '../factors/passkey-rejected.ts';
import { parseAssertion } from '../factors/webauthn-response.ts';
import type { CheckedPasskey, PasskeyCheck } from '../sign-in/passkey-check.service.ts';
import type { ReadSecondFactor } from '../sign-in/second-factor-answer.ts';

/** A passkey as the answer to a SECOND_FACTOR challenge. It need not verify the user, because the first factor did. */
export function createPasskeyAnswer({ passkeyCheck }: { passkeyCheck: PasskeyCheck }): ReadSecondFactor {
  return (challengeId, text) => {
    const response = parseAssertion('passkey', text);
    if (isProblem(response)) return response;
    const { challenge } = response.clientData;
    let checked: CheckedPasskey | PasskeyRejected | RateLimited | undefined;
    return {
      method: 'passkey',
      answer: { token: challenge },
      async check({ id, userId }, client) {
        if (id !== challengeId || userId === null) return new ChallengeFailed('UNKNOWN');
        checked = await passkeyCheck.check(response, { challenge, verification: 'preferred', owner: userId }, client);
        return isProblem(checked) ? checked : undefined;
      },
      accept: async (tx, user, client) =>
        !checked || isProblem(checked)
          ? new ChallengeFailed('UNKNOWN')
          : passkeyCheck.accept(tx, checked, user, client),
      reason: () => (checked instanceof PasskeyRejected ? checked.detail : undefined),
    };
  };
}
