import { Loaded, together } from '../../../shared/ui/loaded.tsx';
import { PageTitle } from '../../../shared/ui/page-title.tsx';
import { useIdentities, useMe, usePasskeys, useProviders, useSettings } from '../queries.ts';
import { useSignedInWords } from '../words.ts';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Providers } from './providers.tsx';
import { SecondFactor } from './second-factor.tsx';

/** All ways to sign in. */
export function SecurityPage() {
  const words = useSignedInWords();
  const queries = together({
    me: useMe(),
    settings: useSettings(),
    passkeys: usePasskeys(),
    identities: useIdentities(),
    providers: useProviders(),
  });
  return (
    <>
      <PageTitle>{words.security}</PageTitle>
      <Loaded of={queries}>
        {({ me, settings, passkeys, identities, providers }) => (
          <>
            <Password me={me} settings={settings} />
            {(settings.passkeys || passkeys.length > 0) && (
              <Passkeys passkeys={passkeys} isOffered={settings.passkeys} />
            )}
            {(settings.secondFactors || me.secondFactorRequired) && (
              <SecondFactor me={me} hasPasskeys={passkeys.length > 0} isOffered={settings.secondFactors} />
            )}
            {(providers.length > 0 || identities.length > 0) && (
              <Providers providers={providers} identities={identities} />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
