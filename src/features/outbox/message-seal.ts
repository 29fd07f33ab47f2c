import { type Keyring, seal, unseal } from '../../core/secrets.ts';
import type { Message } from '../../messages/message.ts';
import type { SmsMessage } from '../../messages/sms.ts';
import type { OutboxMessage } from './outbox.ts';

export type MessageSeal = ReturnType<typeof createMessageSeal>;

/** Messages hold codes and links, so they are stored encrypted and authenticated. */
export function createMessageSeal(keyring: Keyring) {
  async function open(message: Pick<OutboxMessage, 'sealed'>): Promise<unknown> {
    if (message.sealed === null) throw new Error('the content of this message is no longer kept');
    return JSON.parse(await unseal(keyring, message.sealed));
  }
  return {
    seal: (message: Message | SmsMessage): Promise<string> => seal(keyring, JSON.stringify(message)),
    /** As long as the sealed message, without any of it. */
    sealBlank: (message: Message | SmsMessage): Promise<string> =>
      seal(keyring, ' '.repeat(Buffer.byteLength(JSON.stringify(message)))),
    openMail: async (message: Pick<OutboxMessage, 'sealed'>): Promise<Message> => (await open(message)) as Message,
    openSms: async (message: Pick<OutboxMessage, 'sealed'>): Promise<SmsMessage> => (await open(message)) as SmsMessage,
  };
}
