import { isId } from '../../core/ids.ts';
import { digest, equal, type Keyring } from '../../core/secrets.ts';

/** The URLs at which gateways report what became of a text message. */
export interface StatusLinks {
  /** Undefined if gateways cannot reach this service. */
  urlFor(id: string): string | undefined;
  /** The URL again, if its secret belongs to the message. */
  check(id: string, secret: string): string | undefined;
}

interface Dependencies {
  keyring: Keyring;
  /** Undefined if gateways cannot reach this service. */
  publicUrl: string | undefined;
}

/** Not every gateway signs its requests, so the path has a secret. It is valid for this message only. */
export function createStatusLinks({ keyring, publicUrl }: Dependencies): StatusLinks {
  const deriveSecrets = (id: string) => keyring.derive('sms-status').map((key) => digest(key, 'sms-status', id));
  const toUrl = (id: string, secret: string) => `${publicUrl}/sms/status/${id}/${secret}`;
  return {
    urlFor: (id) => (publicUrl === undefined ? undefined : toUrl(id, deriveSecrets(id)[0] ?? '')),
    check: (id, secret) =>
      publicUrl !== undefined && isId(id) && deriveSecrets(id).some((known) => equal(known, secret))
        ? toUrl(id, secret)
        : undefined,
  };
}
