import { getDomain } from 'tldts';
import { printFingerprint } from './passkey-apps.ts';
import { isRpIdOf, passkeyHost, toAndroidOrigin } from './passkey-origins.ts';
import type { Settings } from './settings.ts';
import type { Config, PasskeyConfig } from './types.ts';

/** Undefined if passkeys are off, or impossible because the only host is an IP address. */
export function buildPasskeys(
  settings: Settings,
  http: Config['http'],
  product: Config['product'],
): PasskeyConfig | undefined {
  const { PASSKEYS, PASSKEY_RP_ID, PASSKEY_RP_NAME, PASSKEY_IOS_APPS, PASSKEY_ANDROID_APPS } = settings;
  const rpId = PASSKEY_RP_ID ?? passkeyHost(http.publicUrl);
  if (!PASSKEYS || rpId === undefined) return undefined;
  const exact = http.allowedOrigins.filter((origin) => !origin.includes('*'));
  // iOS reports the site that an app is associated with.
  const ofApps = PASSKEY_IOS_APPS.length > 0 ? [`https://${rpId}`] : [];
  const ofAndroid = PASSKEY_ANDROID_APPS.map(({ fingerprint }) => toAndroidOrigin(fingerprint));
  const origins = [...new Set([...exact, ...settings.PASSKEY_ORIGINS, ...ofApps, ...ofAndroid])];
  return {
    rpId,
    rpName: PASSKEY_RP_NAME ?? product.name,
    origins,
    loopbackOrigins: http.loopbackOrigins,
    relatedOrigins: origins.filter((origin) => isOutside(rpId, origin)),
    iosApps: PASSKEY_IOS_APPS,
    androidApps: groupFingerprints(PASSKEY_ANDROID_APPS),
  };
}

function isOutside(rpId: string, origin: string): boolean {
  const host = passkeyHost(origin);
  return host !== undefined && origin.startsWith('https:') && !isRpIdOf(rpId, host);
}

function groupFingerprints(apps: Settings['PASSKEY_ANDROID_APPS']): PasskeyConfig['androidApps'] {
  const names = [...new Set(apps.map(({ packageName }) => packageName))];
  return names.map((name) => ({
    packageName: name,
    fingerprints: apps
      .filter(({ packageName }) => packageName === name)
      .map(({ fingerprint }) => printFingerprint(fingerprint)),
  }));
}

/** An RP ID that no page could use. */
export function findPasskeyErrors(settings: Settings): string[] {
  const { PASSKEYS, PASSKEY_RP_ID: rpId, PUBLIC_URL, ALLOWED_ORIGINS, PASSKEY_ORIGINS, PASSKEY_IOS_APPS } = settings;
  // Without PUBLIC_URL the host is localhost.
  const pages = [PUBLIC_URL ?? 'http://localhost', ...(ALLOWED_ORIGINS ?? []), ...PASSKEY_ORIGINS];
  const isUsable = pages.some((page) => {
    const host = passkeyHost(page);
    return rpId !== undefined && host !== undefined && isRpIdOf(rpId, host);
  });
  const usedByApps = PASSKEY_IOS_APPS.length > 0 || settings.PASSKEY_ANDROID_APPS.length > 0;
  if (!PASSKEYS || rpId === undefined || isUsable || (usedByApps && rpId.includes('.'))) return [];
  return [
    'PASSKEY_RP_ID must be the host of PUBLIC_URL, ALLOWED_ORIGINS or PASSKEY_ORIGINS, or a domain above it that can be registered, such as example.com for auth.example.com',
  ];
}

/** Pages on which passkeys do not work, or not in every browser. */
export function findPasskeyWarnings(settings: Settings, { passkeys, http }: Config): string[] {
  if (!settings.PASSKEYS) return [];
  if (!passkeys)
    return ['PASSKEYS are off: they belong to a domain, and PUBLIC_URL has none; set PASSKEY_RP_ID if your pages do'];
  const { rpId, relatedOrigins } = passkeys;
  const listed = new Set(settings.PASSKEY_ORIGINS);
  const outside = relatedOrigins.filter((origin) => origin !== http.publicUrl && !listed.has(origin));
  const isUnlisted = (origin: string) => origin.includes('*') && listed.size === 0;
  return [
    ...outside.map(
      (origin) =>
        `PASSKEY_RP_ID: ${origin} is outside ${rpId}, so only browsers that know related origins use passkeys there${suggestRpId(origin, rpId)}`,
    ),
    ...http.allowedOrigins
      .filter(isUnlisted)
      .map((origin) => `PASSKEY_ORIGINS: passkeys are not accepted from ${origin}; list the origins that use them`),
  ];
}

/** The domain that both share, if it can be registered. */
function suggestRpId(origin: string, rpId: string): string {
  const domain = getDomain(rpId, { allowPrivateDomains: true });
  const host = passkeyHost(origin);
  return domain && host && isRpIdOf(domain, host) ? `; set it to ${domain}` : '';
}
