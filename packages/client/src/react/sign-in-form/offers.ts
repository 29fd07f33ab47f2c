import { useEffect } from 'react';
import type { SettingsResult, SocialProvidersResult } from '../../generated/operations.ts';
import { hasPasskeys } from '../../passkeys.ts';
import { useAction } from '../use-action.ts';

export interface Offers {
  /** Undefined until the service has answered. */
  readonly settings: SettingsResult | undefined;
  readonly providers: SocialProvidersResult;
  /** Whether the service and this browser support them. */
  readonly hasPasskeys: boolean;
  /** The service did not answer everything: some ways may be missing. */
  readonly isIncomplete: boolean;
  /** The browser rules out a sign-in on this page. */
  readonly isBlocked: boolean;
}

/** The ways to sign in that the service offers. */
export function useOffers(): Offers {
  const settings = useAction('settings');
  const providers = useAction('socialProviders');
  const [loadSettings, loadProviders] = [settings.run, providers.run];
  useEffect(() => {
    void loadSettings();
    void loadProviders();
  }, [loadSettings, loadProviders]);
  return {
    settings: settings.result,
    providers: providers.result ?? [],
    hasPasskeys: settings.result?.passkeys === true && hasPasskeys(),
    isBlocked: settings.errors.code === 'BLOCKED',
    isIncomplete: [settings, providers].some(({ errors }) => errors.form !== undefined),
  };
}

/** Whether a code by email or SMS signs in. */
export const hasCodes = ({ settings }: Offers): boolean =>
  settings !== undefined && (settings.emailSignIn || settings.phoneSignIn);
