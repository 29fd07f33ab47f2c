import type { MessageKind } from '../../../../src/messages/message.ts';
import type { SmsMessage } from '../../../../src/messages/sms.ts';
import type { DeliveryChannel, DeliveryState } from '../../../generated/documents.ts';
import type { PluralForms } from '../../../shared/words.ts';

/** Words about mail, text messages and webhooks. */
export interface DeliveryWords {
  about: string;
  empty: string;
  emptyFilter: string;
  channel: string;
  anyChannel: string;
  channels: Readonly<Record<DeliveryChannel, string>>;
  state: string;
  anyState: string;
  states: Readonly<Record<DeliveryState, string>>;
  /** A kind that is missing in a language fails the type check. */
  kinds: Readonly<Record<MessageKind | SmsMessage['kind'], string>>;
  attempts: PluralForms;
  written: string;
  nextAttempt: string;
  recipient: string;
  error: string;
  id: string;
  retry: string;
  confirm: {
    title: string;
    /** `{recipient}` is replaced. */
    mail: string;
    webhook: string;
    limits: string;
    recorded: string;
    action: string;
    done: string;
  };
}

const words: DeliveryWords = {
  about:
    'Mail, text messages and webhooks, without their content. Sent messages are kept for a day, sent webhooks for three days, others for thirty days.',
  empty: 'Nothing was sent yet.',
  emptyFilter: 'No delivery matches these filters.',
  channel: 'Channel',
  anyChannel: 'All channels',
  channels: { MAIL: 'Email', SMS: 'SMS', WEBHOOK: 'Webhook' },
  state: 'State',
  anyState: 'All states',
  states: { WAITING: 'Waiting', SENT: 'Sent', GIVEN_UP: 'Given up', EXPIRED: 'Expired' },
  kinds: {
    'sign-up': 'Sign-up: verify the address',
    'verify-email': 'Verify the address',
    'login-email': 'Verify the address to sign in',
    'sign-in': 'Code or link to sign in',
    'reset-password': 'Password reset',
    invitation: 'Invitation',
    'change-email': 'Verify the new address',
    'already-registered': 'Notice: already has an account',
    'email-taken': 'Notice: address requested elsewhere',
    'new-device': 'Notice: new device',
    'password-changed': 'Notice: password changed',
    'identity-linked': 'Notice: social account linked',
    'identity-unlinked': 'Notice: social account unlinked',
    'factor-changed': 'Notice: security settings changed',
    'recovery-code-used': 'Notice: recovery code used',
    'phone-changed': 'Notice: phone number changed',
    'phone-removed': 'Notice: phone number removed',
    'email-changed': 'Notice: email address changed',
    'email-removed': 'Notice: email address removed',
    'account-changed': 'Notice: changed by an administrator',
    'second-factors-reset': 'Notice: second factors reset',
    'account-deleted': 'Notice: account deleted',
    otp: 'Code to sign in',
    'verify-phone': 'Code to verify the number',
    'email-added': 'Notice: email address added',
  },
  attempts: { one: '# attempt', other: '# attempts' },
  written: 'Written',
  nextAttempt: 'Next attempt',
  recipient: 'Recipient',
  error: 'Last error',
  id: 'Delivery ID',
  retry: 'Retry',
  confirm: {
    title: 'Retry this delivery?',
    mail: 'The message to {recipient} is sent again within seconds. If its code or link has expired, it cannot be retried.',
    webhook:
      'The event is sent to {recipient} again within seconds. A receiver that has it already recognizes it by its ID.',
    limits: 'If it fails again, it is retried with pauses until it is given up.',
    recorded: 'The activity will show that you retried it.',
    action: 'Retry',
    done: 'The delivery is due again.',
  },
};
export default words;
