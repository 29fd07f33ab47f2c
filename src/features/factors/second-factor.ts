import { graphqlEnum } from '../../core/graphql-enum.ts';

/** Strongest first. */
export const SecondFactor = graphqlEnum('SecondFactor', 'What completes a sign-in after the first factor.', {
  PASSKEY: 'A passkey or security key (WebAuthn).',
  TOTP: 'A code from an authenticator app (RFC 6238).',
  RECOVERY_CODE: 'A one-time recovery code.',
});
export type SecondFactor = keyof typeof SecondFactor;
