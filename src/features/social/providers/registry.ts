import type { Config } from '../../../config.ts';
import type { Clock } from '../../../core/clock.ts';
import type { OpenWeb } from '../../../infra/web/web.ts';
import type { SocialProvider } from '../provider.ts';
import { facebookProvider } from './facebook.ts';
import { githubProvider } from './github.ts';
import { googleProvider } from './google.ts';
import { openIdProvider } from './openid.ts';

/** What every provider is made with. */
export interface ProviderParts {
  openWeb: OpenWeb;
  clock: Clock;
}

/** The providers that are configured, in the order in which people see them. */
export function createProviders(social: Config['social'], parts: ProviderParts): readonly SocialProvider[] {
  return [
    social.google && googleProvider(social.google, parts),
    social.facebook && facebookProvider(social.facebook, parts),
    social.github && githubProvider(social.github, parts),
    ...social.issuers.map((issuer) => openIdProvider(issuer, parts)),
  ].filter((provider) => provider !== undefined);
}
