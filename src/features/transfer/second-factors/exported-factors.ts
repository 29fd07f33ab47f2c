import type { Db } from '../../../infra/db/client.ts';
import type { User } from '../../accounts/user.ts';
import type { RecoveryCodes } from '../../factors/recovery-code.service.ts';
import type { TotpFactors } from '../../factors/totp.service.ts';
import { listFactors } from '../export.repo.ts';

/** The factors of a user, in the form that an import reads. Times are RFC 3339. */
export interface ExportedFactors {
  required: boolean;
  totp?: object;
  passkeys?: object[];
  /** As they are stored, for a server with the same keys. */
  recoveryCodes?: { keys: readonly string[]; digests: string[] };
}

interface Dependencies {
  db: Db;
  totp: Pick<TotpFactors, 'unseal'>;
  recoveryCodes: Pick<RecoveryCodes, 'keyIds'>;
}

/** The factors of those users who have some. */
export async function exportFactors(
  { db, totp, recoveryCodes }: Dependencies,
  users: readonly User[],
): Promise<Map<string, ExportedFactors>> {
  const { apps, keys, codes } = await listFactors(
    db,
    users.map(({ id }) => id),
  );
  const exported = new Map<string, ExportedFactors>();
  for (const { id, secondFactorRequired: required } of users) {
    const app = apps.find(({ userId }) => userId === id);
    const passkeys = keys.filter(({ userId }) => userId === id);
    const digests = codes.filter(({ userId }) => userId === id).map(({ digest }) => digest);
    if (!app && passkeys.length === 0 && digests.length === 0) continue;
    exported.set(id, {
      required,
      ...(app && { totp: await exportApp(totp, app) }),
      ...(passkeys.length > 0 && { passkeys: passkeys.map(exportPasskey) }),
      ...(digests.length > 0 && { recoveryCodes: { keys: recoveryCodes.keyIds, digests } }),
    });
  }
  return exported;
}

type Factors = Awaited<ReturnType<typeof listFactors>>;

async function exportApp(totp: Dependencies['totp'], app: Factors['apps'][number]): Promise<object> {
  const { sealedSecret, algorithm, digits, period, lastStep, createdAt } = app;
  // With another SECRET_KEY it cannot be read: the import reports it.
  const secret = await totp.unseal(sealedSecret).catch(() => null);
  return { secret, algorithm, digits, period, lastStep, createdAt };
}

const exportPasskey = ({ id: _, userId: __, removedAt: ___, ...passkey }: Factors['keys'][number]): object => passkey;
