import type { Config } from '../../config.ts';
import type { Phone } from '../../core/identifiers.ts';
import { numberRange } from '../../core/phones.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { MessageUse } from '../rate-limits/message-charges.ts';
import type { Charge } from '../rate-limits/rate-limiter.service.ts';

/** Whether only some numbers get a message of the use, which the response must not reveal. */
export const isHidden = (use: MessageUse, signUp: Config['signUp']): boolean =>
  use === 'recovery' || (use === 'sign-in' && signUp === 'closed');

/** A limit that all who request text messages share. */
export type SharedLimit = 'range' | 'cap' | 'unconfirmed';

/**
 * What a text message that a caller requested consumes of the shared limits. A hidden use has counters of its own for each
 * range. Otherwise a request of another use, which is refused at once, would show whether the last hidden one was sent.
 * @param hiddenUse undefined if every number gets the message
 */
export function textCharges(limits: Limits, phone: Phone, hiddenUse: string | undefined): [SharedLimit, Charge][] {
  const range = numberRange(phone);
  const key = hiddenUse === undefined ? range : `${hiddenUse}:${range}`;
  return [
    ['range', { limit: limits.smsByRange, key }],
    ['cap', { limit: limits.smsInAll, key: 'SMS' }],
    ['unconfirmed', { limit: limits.smsUnconfirmed, key }],
  ];
}
