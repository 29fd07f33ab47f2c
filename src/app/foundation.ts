import type { WebhookConfig } from '../config.ts';
import { createPhoneReader } from '../core/phone-reader.ts';
import { createKeyring } from '../core/secrets.ts';
import { createAudit } from '../features/audit/audit.service.ts';
import type { AuditEvent } from '../features/audit/audit.ts';
import { createKnownCallers } from '../features/rate-limits/known-callers.ts';
import { createLimits } from '../features/rate-limits/limits.ts';
import { createRateLimiter } from '../features/rate-limits/rate-limiter.service.ts';
import { findWebhookType } from '../features/webhooks/webhook-events.ts';
import { createTransact } from '../infra/db/transact.ts';
import type { Infrastructure } from './infrastructure.ts';

export type Foundation = ReturnType<typeof createFoundation>;

/** Dependencies shared by most services. */
export function createFoundation({ config, log, db, clock, store, observers }: Infrastructure) {
  const { login, otp, passwordReset, phones, sms, webhooks } = config;
  const { rangeLimit, dailyCap } = sms;
  const keyring = createKeyring(config.secrets);
  const knowsCaller = createKnownCallers({ db, clock });
  return {
    config,
    observers,
    log,
    db,
    clock,
    keyring,
    phones: createPhoneReader({ validation: phones.validation, log }),
    transact: createTransact({ db, log }),
    audit: createAudit({
      db,
      clock,
      log,
      keyring,
      retention: config.audit.retention,
      hasWebhook: webhooks && ((event) => isSelected(webhooks, event)),
    }),
    limits: createLimits({
      login,
      otp,
      passwordReset: { linkTtl: passwordReset.linkTtl },
      sms: { rangeLimit, dailyCap },
    }),
    knowsCaller,
    limiter: createRateLimiter({
      volume: store.rateLimits,
      durable: store.durableRateLimits,
      clock,
      keyring,
      knowsCaller,
      onRefused: observers.onRateLimit,
    }),
  };
}

function isSelected({ types }: WebhookConfig, event: AuditEvent): boolean {
  const type = findWebhookType(event);
  return type !== undefined && types.has(type);
}
