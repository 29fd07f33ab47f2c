import type { Clock } from '../../core/clock.ts';
import { LOCALES, parseLocale } from '../../core/locale.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Sms } from '../../infra/sms/sms-sender.ts';
import type { SmsTexts } from '../../messages/sms-texts.ts';
import { type Admission, type CheckedMessage, type DeliveryGate, toChecked } from './delivery-gate.ts';
import type { MessageSeal } from './message-seal.ts';
import type { OutboxMessage } from './outbox.ts';
import type { StatusLinks } from './status-links.ts';

export interface Composed {
  text: Sms;
  /** Undefined: the limits were consumed before the message was written. */
  checked: CheckedMessage | undefined;
  admission: Admission;
}

/** The message could not be opened, rendered or checked. */
export class ComposeFailure extends Refusal {
  constructor(readonly error: string) {
    super();
  }
}

/** Opens and renders a text message, and checks its limits. */
export type ComposeSms = (row: OutboxMessage) => Promise<Composed | ComposeFailure>;

interface Dependencies {
  messageSeal: MessageSeal;
  gate: DeliveryGate;
  clock: Clock;
  texts: SmsTexts;
  statusLinks: StatusLinks;
}

export function createSmsComposer({ messageSeal, gate, clock, texts, statusLinks }: Dependencies): ComposeSms {
  return async (row) => {
    let stage = 'opening';
    try {
      const message = await messageSeal.openSms(row);
      stage = 'rendering';
      const locale = parseLocale(row.locale) ?? LOCALES[0];
      const text = {
        to: message.to,
        text: texts.render(message, locale),
        locale,
        reference: row.id,
        lifetime: row.expiresAt.getTime() - clock.now().getTime(),
        code: 'code' in message ? message.code : undefined,
        statusUrl: statusLinks.urlFor(row.id),
      };
      const checked = toChecked(row, message);
      stage = 'checking the limits';
      return { text, checked, admission: checked ? await gate.admit(checked) : { decision: 'send' } };
    } catch (error) {
      return new ComposeFailure(`${stage} failed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  };
}
