import { newId } from '../../src/core/ids.ts';
import { auditEvents, identities, sessions, users } from '../../src/infra/db/tables.ts';
import type { TestApp } from './app.ts';

/** Fills the user's lists, and a page of users, with values of the maximum length. */
export async function fillWithLongestValues({ app: { services } }: TestApp, userId: string): Promise<void> {
  const { db } = services;
  const now = new Date();
  const later = new Date(now.getTime() + 3_600_000);
  const [long, quotes] = ['\u{1f511}', '"'].map((character) => (length: number) => character.repeat(length));
  const ip = '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff';
  const many = <Row>(count: number, row: (index: number) => Row) => Array.from({ length: count }, (_, i) => row(i));
  if (!long || !quotes) throw new Error('there are two');
  await db.insert(sessions).values(
    many(120, () => ({
      id: newId(now),
      userId,
      rotatedAt: now,
      idleExpiresAt: later,
      expiresAt: later,
      device: long(100),
      ipAddress: ip,
      lastUsedAt: now,
      createdAt: now,
    })),
  );
  await db.insert(identities).values(
    many(60, (i) => ({
      id: newId(now),
      userId,
      provider: 'p'.repeat(50),
      issuer: 'https://issuer.example',
      subject: `s${i}`,
      email: quotes(255),
      createdAt: now,
    })),
  );
  const detail = Object.fromEntries(many(20, (i) => [`${'n'.repeat(30)}${i}`, 'v'.repeat(400)]));
  await db.insert(auditEvents).values(
    many(100, () => ({
      id: newId(now),
      at: now,
      type: 'longest',
      outcome: 'o'.repeat(40),
      userId,
      sessionId: newId(now),
      method: 'm'.repeat(40),
      ipAddress: ip,
      requestId: 'r'.repeat(128),
      detail: { reason: long(500), actorId: newId(now), ...detail },
    })),
  );
  await db.insert(users).values(
    many(100, (i) => ({
      id: newId(now),
      email: `${'e'.repeat(60)}${i}@${'d'.repeat(60)}.example`,
      phone: '+998901234567',
      firstName: long(100),
      lastName: long(100),
      companyName: long(200),
      locale: 'uz-Cyrl-UZ',
      roles: ['STAFF' as const, 'ADMIN' as const],
      lastLoginAt: now,
      createdAt: now,
      updatedAt: now,
    })),
  );
}
