import { digest, type Keyring } from '../../core/secrets.ts';

/** Keyed digests of an answer: one for each secret that is still accepted, the current one first. */
export interface ChallengeDigests {
  /** Bound to the challenge, so that a digest copied to another row is not valid there. */
  ofCode(challengeId: string, code: string): [string, ...string[]];
  ofToken(token: string): [string, ...string[]];
}

export function createChallengeDigests(keyring: Keyring): ChallengeDigests {
  const [current, ...previous] = keyring.derive('challenge-digest');
  const all = (purpose: string, secret: string): [string, ...string[]] => [
    digest(current, purpose, secret),
    ...previous.map((key) => digest(key, purpose, secret)),
  ];
  return {
    ofCode: (challengeId, code) => all(`code/${challengeId}`, code),
    ofToken: (token) => all('link', token),
  };
}
