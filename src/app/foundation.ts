import { createKeyring } from '../core/secrets.ts';
import { createAudit } from '../features/audit/audit.service.ts';
import { createLimits } from '../features/rate-limits/limits.ts';
import { createRateLimiter } from '../features/rate-limits/rate-limiter.service.ts';
import { createTransact } from '../infra/db/transact.ts';
import type { Infrastructure } from './infrastructure.ts';

export type Foundation = ReturnType<typeof createFoundation>;

/** Dependencies shared by most services. */
export function createFoundation({ config, log, db, clock, store }: Infrastructure) {
  const { login, otp, sms } = config;
  const { rangeLimit, dailyCap } = sms;
  const keyring = createKeyring(config.secrets);
  return {
    config,
    log,
    db,
    clock,
    keyring,
    transact: createTransact({ db, log }),
    audit: createAudit({ clock, log }),
    limits: createLimits({ login, otp, sms: { rangeLimit, dailyCap } }),
    limiter: createRateLimiter({ volume: store.rateLimits, durable: store.durableRateLimits, keyring }),
  };
}
