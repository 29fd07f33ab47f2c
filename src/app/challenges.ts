import { isLoopback } from '../core/hosts.ts';
import { createChallenges } from '../features/challenges/challenge.service.ts';
import { createChallengeCheck } from '../features/challenges/challenge-check.service.ts';
import { createChallengeDigests } from '../features/challenges/challenge-digests.ts';
import { createEmailChallenges } from '../features/challenges/email-challenge.service.ts';
import { createPhoneChallenges } from '../features/challenges/phone-challenge.service.ts';
import { createRedemption } from '../features/challenges/redemption.service.ts';
import { createOutbox } from '../features/outbox/outbox.service.ts';
import { createMailLimits } from '../features/send-limits/mail-limits.ts';
import { createNoticeLimits } from '../features/send-limits/notice-limits.ts';
import { createSmsShield } from '../features/send-limits/sms-shield.ts';
import { sendsTexts } from './accounts.ts';
import type { Foundation } from './foundation.ts';
import type { Infrastructure } from './infrastructure.ts';
import { createMessageTexts } from './message-texts.ts';

export type ChallengeServices = ReturnType<typeof createChallengeServices>;

/** Codes and links, and the messages that carry them. */
export function createChallengeServices(foundation: Foundation, { mailer, sms, queuePeers }: Infrastructure) {
  const { config, log, db, clock, keyring, transact, audit, limits, limiter, knowsCaller } = foundation;
  const { otp, emailVerification, emailSignIn, emailChange, passwordReset } = config;
  const shield = createSmsShield({
    db,
    audit,
    limiter,
    limits,
    knowsCaller,
    sms: { countries: config.sms.countries },
    signUp: config.signUp,
    isServed: sendsTexts(config),
  });
  const noticeLimits = createNoticeLimits({ transact, clock, audit, limiter, limits, shield, knowsCaller });
  const { templates, texts } = createMessageTexts(config);
  const outbox = createOutbox({
    db,
    clock,
    keyring,
    mailer,
    sms,
    templates,
    texts,
    publicUrl: isLoopback(new URL(config.http.publicUrl).hostname) ? undefined : config.http.publicUrl,
    gate: noticeLimits,
    log,
    keepSealed: config.http.outboxViewer,
    retention: config.outbox.retention,
    peers: queuePeers,
  });
  const digests = createChallengeDigests(keyring);
  const challenges = createChallenges({ db, clock, digests, otp });
  const challengeCheck = createChallengeCheck({
    db,
    clock,
    digests,
    limiter,
    limits,
    settleCode: outbox.settleCode,
  });
  return {
    outbox,
    noticeLimits,
    challenges,
    challengeCheck,
    redeem: createRedemption({
      db,
      transact,
      clock,
      audit,
      challengeCheck,
      shield,
      settleCode: outbox.settleCode,
    }),
    emailChallenges: createEmailChallenges({
      challenges,
      outbox,
      mailLimits: createMailLimits({ limiter, limits, knowsCaller }),
      noticeLimits,
      emailVerification,
      emailSignIn,
      emailChange,
      passwordReset,
      otp,
    }),
    phoneChallenges: createPhoneChallenges({
      challenges,
      outbox,
      shield,
      otp: { resendCooldown: otp.resendCooldown },
    }),
  };
}
