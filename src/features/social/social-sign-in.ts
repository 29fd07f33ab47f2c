import type { Client } from '../../core/request.ts';
import type { SocialProfile } from './provider.ts';

/** A profile that a provider returned, and the request that it belongs to. */
export interface SocialSignIn {
  provider: string;
  profile: SocialProfile;
  client: Client;
  device: string | null;
}

/** The identity of the profile as it is linked to the user. */
export const toIdentityKey = ({ provider, profile }: SocialSignIn, userId: string) => ({
  userId,
  provider,
  issuer: profile.issuer,
  subject: profile.subject,
  email: profile.email ?? null,
});
