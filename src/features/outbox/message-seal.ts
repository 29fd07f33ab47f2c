import { type Keyring, seal, unseal } from '../../core/secrets.ts';
import type { Message } from '../../messages/message.ts';
import type { SmsMessage } from '../../messages/sms.ts';
import type { OutboxMessage } from './outbox.ts';
import type { DeliveryCheck, Permit } from './permit.ts';

/** A stored message. With `check`, its limits are consumed when it is delivered. */
export type Stored<M> = M & { check?: DeliveryCheck };

/** Encrypts and authenticates stored messages, because they contain codes and links. */
export interface MessageSeal {
  seal(message: Message | SmsMessage, permit: Permit): Promise<string>;
  /** Seals spaces instead of the message, so that a decoy has the same size. */
  sealBlank(message: Message | SmsMessage, permit: Permit): Promise<string>;
  /** Throws if the content was deleted or its key is missing. */
  openMail(message: Pick<OutboxMessage, 'sealed'>): Promise<Stored<Message>>;
  openSms(message: Pick<OutboxMessage, 'sealed'>): Promise<Stored<SmsMessage>>;
}

export function createMessageSeal(keyring: Keyring): MessageSeal {
  async function open({ sealed }: Pick<OutboxMessage, 'sealed'>): Promise<unknown> {
    if (sealed === null) throw new Error('the content of this message was deleted');
    return JSON.parse(await unseal(keyring, sealed));
  }

  const toText = (message: Message | SmsMessage, { check }: Permit) => JSON.stringify({ ...message, check });

  return {
    seal: (message, permit) => seal(keyring, toText(message, permit)),
    sealBlank: (message, permit) => seal(keyring, ' '.repeat(Buffer.byteLength(toText(message, permit)))),
    // Only `seal` writes what `open` reads.
    openMail: async (message) => (await open(message)) as Stored<Message>,
    openSms: async (message) => (await open(message)) as Stored<SmsMessage>,
  };
}
