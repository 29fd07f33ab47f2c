import type { Phone } from '../../core/identifiers.ts';
import { numberRange } from '../../core/phones.ts';
import type { CheckedMessage } from '../outbox/delivery-gate.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { Charge } from '../rate-limits/rate-limiter.service.ts';
import { type SharedLimit, textCharges } from './text-charges.ts';

/** Why a message is not sent. */
export type SuppressionReason = 'recipient' | 'network' | SharedLimit | 'no-provider' | 'country';

/** Everything else tells of a change to the account, which an attacker would want to hide, or was requested. */
const ORDINARY: readonly string[] = ['new-device'];
export const isCritical = ({ kind }: Pick<CheckedMessage, 'kind'>): boolean => !ORDINARY.includes(kind);

/** The limits of a message at its delivery, in the order in which they are consumed. docs/decisions/0016 explains them. */
export type ChargesFor = (message: CheckedMessage) => Reasoned[];
type Reasoned = [SuppressionReason, Charge];

export function createDeliveryCharges(limits: Limits): ChargesFor {
  function mailCharges(message: CheckedMessage): Reasoned[] {
    if (message.use !== undefined) return [['cap', { limit: limits.sendInAll, key: `EMAIL:${message.use}` }]];
    const key = `${message.kind}:${message.to}`;
    const recipient: Reasoned | undefined = message.toUnverified && [
      'recipient',
      { limit: limits.noticesToUnverified, key },
    ];
    if (isCritical(message))
      return [
        ['cap', { limit: limits.criticalInAll, key: 'EMAIL' }],
        recipient ?? ['recipient', { limit: limits.criticalToAddress, key }],
      ];
    return [
      ...networkCharges(limits.noticesByNetwork, message.ip ?? '').map((charge) => ['network', charge] as Reasoned),
      ['cap', { limit: limits.sendInAll, key: 'EMAIL:notice' }],
      recipient ?? ['recipient', { limit: limits.noticesToAddress, key }],
    ];
  }

  function smsCharges(message: CheckedMessage): Reasoned[] {
    const phone = message.to as Phone; // Parsed before the message was written.
    if (message.use !== undefined) return textCharges(limits, phone, message.use);
    const key = `${message.kind}:${message.to}`;
    const range = numberRange(phone);
    if (isCritical(message))
      return [
        ['range', { limit: limits.criticalByRange, key: range }],
        ['cap', { limit: limits.smsInAllCritical, key: 'SMS' }],
        ['recipient', { limit: limits.criticalToNumber, key }],
      ];
    return [
      ...networkCharges(limits.textNoticesByNetwork, message.ip ?? '').map((charge) => ['network', charge] as Reasoned),
      ['range', { limit: limits.textNoticesByRange, key: range }],
      ['cap', { limit: limits.smsInAll, key: 'SMS' }],
      ['recipient', { limit: limits.noticesToNumber, key }],
    ];
  }

  return (message) => (message.channel === 'SMS' ? smsCharges(message) : mailCharges(message));
}
