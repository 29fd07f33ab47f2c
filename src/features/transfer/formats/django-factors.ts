import { RowProblem } from '../row-problem.ts';
import { type FactorRow, own, type RefusedRow } from '../rows.ts';
import { toBase32 } from '../second-factors/base32.ts';
import { readAuthenticator } from './allauth-factors.ts';

type Unknown = Record<string, unknown>;
/** A row of the dump. */
interface Place {
  number: number;
  key: string | undefined;
}

const refuse = (reason: string) => new RowProblem('secondFactors', reason);
const NOT_CONFIRMED = refuse('not confirmed: the user never entered a code');

/** The second factors of django-otp and django-allauth. Undefined: another model. */
export function readFactorRow(
  model: string,
  fields: Unknown,
  place: Place,
  toKey: (key: unknown) => string | undefined,
): FactorRow | RefusedRow | undefined {
  const owner = toKey(own(fields, 'user'));
  const belong = (value: unknown, more: Partial<FactorRow> = {}): FactorRow | RefusedRow =>
    owner === undefined
      ? { kind: 'refused', ...place, field: 'secondFactors', reason: 'belongs to no user' }
      : { kind: 'factor', ...place, owner, value, ...more };
  switch (model) {
    case 'mfa.authenticator':
      return belong(readAuthenticator(fields, owner ?? ''));
    case 'otp_totp.totpdevice':
      return belong(own(fields, 'confirmed') === false ? NOT_CONFIRMED : readTotpDevice(fields));
    case 'otp_static.staticdevice':
      return belong(own(fields, 'confirmed') === false ? NOT_CONFIRMED : undefined, { device: place.key });
    case 'otp_static.statictoken': {
      const device = toKey(own(fields, 'device'));
      return { kind: 'factor', ...place, device, value: { recoveryCodes: own(fields, 'token') ?? '' } };
    }
    default:
      return undefined;
  }
}

/** Steps that the code may be off: the service accepts one before and one after (docs/decisions/0018). */
const MAX_DRIFT = 1;

/** django-otp's TOTPDevice. Its `tolerance` is always ours. */
function readTotpDevice(fields: Unknown): Unknown | RowProblem {
  const key = own(fields, 'key');
  if (typeof key !== 'string' || !/^(?:[0-9a-f]{2})+$/i.test(key))
    return refuse('authenticator app: its key is encrypted, or not hexadecimal');
  if ((own(fields, 't0') ?? 0) !== 0) return refuse('authenticator app: its time steps do not start in 1970 (t0)');
  const drift = own(fields, 'drift') ?? 0;
  if (typeof drift !== 'number' || Math.abs(drift) > MAX_DRIFT)
    return refuse('authenticator app: its clock is wrong by more than a time step (drift)');
  return {
    totp: {
      secret: toBase32(Buffer.from(key, 'hex')),
      digits: own(fields, 'digits'),
      period: own(fields, 'step'),
      lastStep: own(fields, 'last_t'),
      createdAt: own(fields, 'created_at'),
    },
  };
}
