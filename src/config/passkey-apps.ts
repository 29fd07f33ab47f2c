import { parsed } from '../core/settings/text.ts';

/** Team ID and bundle ID, as Apple writes an app ID. */
export const iosApp = parsed('be app IDs such as ABCDE12345.com.example.app: team ID, dot, bundle ID', (text) =>
  /^[A-Z0-9]{10}\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text) ? text : undefined,
);

/** An app, by the certificate that signs it. One package can have several, for example of Google Play and of a test. */
export interface AndroidApp {
  packageName: string;
  /** SHA-256. */
  fingerprint: Buffer;
}

export const androidApp = parsed(
  'be packages with the SHA-256 fingerprint of their certificate, such as com.example.app=14:6D:E9:…',
  (text): AndroidApp | undefined => {
    const [packageName = '', printed = '', ...rest] = text.split('=');
    const isPackage = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/.test(packageName);
    const isFingerprint = /^(?:[0-9A-F]{64}|[0-9A-F]{2}(?::[0-9A-F]{2}){31})$/i.test(printed);
    if (!isPackage || !isFingerprint || rest.length > 0) return undefined;
    return { packageName, fingerprint: Buffer.from(printed.replaceAll(':', ''), 'hex') };
  },
);

/** As keytool prints it, and Digital Asset Links expects it. */
export const printFingerprint = (fingerprint: Buffer): string =>
  (fingerprint.toString('hex').toUpperCase().match(/../g) ?? []).join(':');
