import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { silent } from '../core/log.ts';
import { openSmsSender } from '../infra/sms/open-sms-sender.ts';
import type { SmsSender } from '../infra/sms/sms-sender.ts';

/** The configured gateway, for commands that check it or register texts. Undefined if there is none. */
export const openGateway = async ({ sms }: Config): Promise<SmsSender | undefined> =>
  sms.gateway && openSmsSender(sms.gateway, { log: silent, clock: systemClock, viewer: undefined });
