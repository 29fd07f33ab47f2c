import { randomBytes } from 'node:crypto';
import { systemClock } from '../../src/core/clock.ts';
import { newId } from '../../src/core/ids.ts';
import { passwords, totpFactors, users } from '../../src/infra/db/tables.ts';
import type { ApiClient } from './client.ts';
import { apiClient } from './client.ts';
import { freshDatabase, openPostgresDatabase } from './databases.ts';
import { startService } from './program.ts';
import { postgresServer } from './servers.ts';

export interface NewAccount {
  email?: string;
  phone?: string;
  isVerified: boolean;
  passwordHash?: string;
  /** Whether the account requires a second factor, and has an authenticator app. */
  hasSecondFactor?: boolean;
}

/** A service in a process of its own, as an attacker sees it. */
export interface TimedService {
  /** A client with its own IP address. */
  client(): ApiClient;
  insert(accounts: readonly NewAccount[]): Promise<void>;
  stop(): Promise<void>;
}

/** Limits that no measurement reaches. */
const SETTINGS = { TRUSTED_PROXIES: '127.0.0.1/32', SMS_PREFIX_BUDGET: '100000/1h' };

/** An authenticator app whose secret is never read. */
const APP = { sealedSecret: 'unread', algorithm: 'SHA1', digits: 6, period: 30, lastStep: 0 } as const;

export async function startTimedService(): Promise<TimedService> {
  const database = await freshDatabase(await postgresServer());
  const SECRET_KEY = randomBytes(32).toString('base64');
  const service = await startService({ ...SETTINGS, SECRET_KEY, DATABASE_URL: database.url });
  return {
    client: () => apiClient(service.url),
    async insert(accounts) {
      const { db, close } = await openPostgresDatabase(database.url, 1);
      const now = systemClock.now();
      const rows = accounts.map(({ email, phone, isVerified, passwordHash, hasSecondFactor = false }) => {
        const verifiedAt = isVerified ? now : null;
        const verified = { emailVerifiedAt: email ? verifiedAt : null, phoneVerifiedAt: phone ? verifiedAt : null };
        const times = { createdAt: now, updatedAt: now };
        return {
          id: newId(now),
          email,
          phone,
          ...verified,
          ...times,
          passwordHash,
          secondFactorRequired: hasSecondFactor,
        };
      });
      await db.insert(users).values(rows.map(({ passwordHash: _, ...user }) => user));
      const hashes = rows.flatMap(({ id: userId, passwordHash: hash }) =>
        hash ? [{ userId, hash, updatedAt: now }] : [],
      );
      if (hashes.length > 0) await db.insert(passwords).values(hashes);
      const apps = rows.flatMap(({ id: userId, secondFactorRequired }) =>
        secondFactorRequired ? [{ ...APP, id: newId(now), userId, createdAt: now }] : [],
      );
      if (apps.length > 0) await db.insert(totpFactors).values(apps);
      await close();
    },
    async stop() {
      await service.stop();
      await database.drop();
    },
  };
}
