import { type Keyring, seal, unseal } from '../../core/secrets.ts';
import type { Message } from '../../messages/message.ts';
import type { SmsMessage } from '../../messages/sms.ts';
import type { OutboxMessage } from './outbox.ts';

/** Encrypts and authenticates stored messages, because they contain codes and links. */
export interface MessageSeal {
  seal(message: Message | SmsMessage): Promise<string>;
  /** Seals spaces instead of the message, so that a decoy has the same size. */
  sealBlank(message: Message | SmsMessage): Promise<string>;
  /** Throws if the content was deleted or its key is missing. */
  openMail(message: Pick<OutboxMessage, 'sealed'>): Promise<Message>;
  openSms(message: Pick<OutboxMessage, 'sealed'>): Promise<SmsMessage>;
}

export function createMessageSeal(keyring: Keyring): MessageSeal {
  async function open({ sealed }: Pick<OutboxMessage, 'sealed'>): Promise<unknown> {
    if (sealed === null) throw new Error('the content of this message was deleted');
    return JSON.parse(await unseal(keyring, sealed));
  }

  return {
    seal: (message) => seal(keyring, JSON.stringify(message)),
    sealBlank: (message) => seal(keyring, ' '.repeat(Buffer.byteLength(JSON.stringify(message)))),
    // Only `seal` writes what `open` reads.
    openMail: async (message) => (await open(message)) as Message,
    openSms: async (message) => (await open(message)) as SmsMessage,
  };
}
