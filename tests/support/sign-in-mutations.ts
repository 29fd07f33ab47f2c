import { readFileSync } from 'node:fs';
import { buildSchema, isUnionType } from 'graphql';

/** Mutations that sign in with a first factor. tests/api/second-factors/every-sign-in.test.ts calls each of them. */
export const ASKING = [
  'login',
  'verifyEmail',
  'confirmEmailOtp',
  'confirmPhoneOtp',
  'socialCallback',
  'socialTokenLogin',
] as const;
export type AskingMutation = (typeof ASKING)[number];

/** Mutations that return Authenticated without asking for a second factor, and why. */
export const NOT_ASKING: Record<string, string> = {
  registerEmail: 'the account is new, and has no factors',
  refresh: 'continues a session that has begun',
  verifySecondFactor: 'is the second factor',
  finishPasskeyLogin: 'a passkey that verified the user is two factors',
};

/** The mutations of the schema that can return Authenticated. */
export function signInMutations(): string[] {
  const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, type }) => {
    const result = schema.getType(String(type).replaceAll('!', ''));
    const canSignIn = isUnionType(result) && result.getTypes().some((member) => member.name === 'Authenticated');
    return canSignIn ? [name] : [];
  });
}
