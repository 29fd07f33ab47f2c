import type { SigningKeyState } from '../../../generated/documents.ts';

/** Words about the keys that sign access tokens. */
export interface KeyWords {
  about: string;
  jwks: string;
  keys: string;
  states: Readonly<Record<SigningKeyState, string>>;
  /** What the state means. */
  meanings: Readonly<Record<SigningKeyState, string>>;
  algorithm: string;
  created: string;
  signsFrom: string;
  signsUntil: string;
  verifiesUntil: string;
  /** In place of a time that is not known before a later key exists. */
  open: string;
  rotation: { title: string; steps: readonly string[]; settings: string; command: string };
}

const words: KeyWords = {
  about: 'Access tokens are signed with these keys. Only their public parts leave the server.',
  jwks: 'Public keys (JWKS)',
  keys: 'Signing keys',
  states: { NEXT: 'Next', SIGNING: 'Signing', RETIRING: 'Retiring', RETIRED: 'Retired' },
  meanings: {
    NEXT: 'It is published, so that all services know it before it signs.',
    SIGNING: 'It signs all new access tokens.',
    RETIRING: 'It signs no more. Tokens that it signed are valid until they expire.',
    RETIRED: 'All tokens that it signed have expired. It will be deleted.',
  },
  algorithm: 'Algorithm',
  created: 'Published',
  signsFrom: 'Signs from',
  signsUntil: 'Signs until',
  verifiesUntil: 'Its tokens are valid until',
  open: 'Until a later key takes over',
  rotation: {
    title: 'How keys are rotated',
    steps: [
      'A new key is published before it signs. Services that cache the public keys have it by then.',
      'It takes over at the time shown here. No token and no session ends.',
      'The earlier key stays published until its last token has expired. Then it is deleted.',
    ],
    settings: 'How often this happens is a setting: SIGNING_KEY_ROTATION.',
    command: 'To rotate earlier, for example after a leak, run this on the server:',
  },
};
export default words;
