import { type Keyring, seal, unseal } from '../../core/secrets.ts';
import type { Message } from '../../messages/message.ts';
import type { SmsMessage } from '../../messages/sms.ts';
import type { Letter } from './outbox.ts';

export type LetterSeal = ReturnType<typeof createLetterSeal>;

/** Letters hold codes and links, so they lie sealed; what is opened is what was written, by the seal. */
export function createLetterSeal(keyring: Keyring) {
  async function open(letter: Pick<Letter, 'sealed'>): Promise<unknown> {
    if (letter.sealed === null) throw new Error('nothing is kept of this letter');
    return JSON.parse(await unseal(keyring, letter.sealed));
  }
  return {
    seal: (message: Message | SmsMessage): Promise<string> => seal(keyring, JSON.stringify(message)),
    /** Of the same size, with nothing of the message in it. */
    sealBlank: (message: Message | SmsMessage): Promise<string> =>
      seal(keyring, ' '.repeat(Buffer.byteLength(JSON.stringify(message)))),
    openMail: async (letter: Pick<Letter, 'sealed'>): Promise<Message> => (await open(letter)) as Message,
    openSms: async (letter: Pick<Letter, 'sealed'>): Promise<SmsMessage> => (await open(letter)) as SmsMessage,
  };
}
