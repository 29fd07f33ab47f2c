import type { HttpResult } from '../../web/send-request.ts';
import { assess, parseJsonObject } from '../outgoing.ts';
import { quotable } from '../quotable.ts';
import type { Sms, SmsDelivery, StatusReport } from '../sms-sender.ts';

/** A test account may send these texts, and no others. */
export const TEST_TEXTS = ['Это тест от Eskiz', 'Bu Eskiz dan test', 'This is test from Eskiz'] as const;

/**
 * What Eskiz's messages mean. They are in Russian, Uzbek or English and have no codes, so they are recognised by words.
 * `unavailable`: other messages fail as well.
 */
const REASONS: readonly { words: RegExp; outcome: 'refused' | 'unavailable'; reason: string }[] = [
  {
    words: /eskiz dan test|тест от eskiz|test from eskiz|для теста|тестов/i,
    outcome: 'refused',
    reason: 'a test account sends only the test texts of Eskiz',
  },
  {
    words: /модерац|moderat|moderats|шаблон|shablon|template|мои тексты|not approved|не одобрен/i,
    outcome: 'refused',
    reason: 'the text is not approved: see latchkey doctor, and latchkey sms templates --submit',
  },
  { words: /баланс|balance|средств|mablag/i, outcome: 'unavailable', reason: 'the balance is used up' },
  { words: /лимит|limit|превыш/i, outcome: 'unavailable', reason: 'a limit of the account is reached' },
  { words: /ч[её]рн\S* спис|blacklist|black list|qora ro/i, outcome: 'refused', reason: 'the number is blacklisted' },
];

/** 400 and 422 are about the message, unless their text says otherwise. 402, 403 and 404 are about our account. */
export function readDelivery(response: HttpResult, sms: Sms, { isGlobal }: { isGlobal: boolean }): SmsDelivery {
  const assessed = assess('Eskiz', response);
  if (assessed.kind === 'final') return assessed.delivery;
  const { id, status, message } = parseJsonObject(assessed.body);
  const isError = assessed.status >= 400 || status === 'error';
  if (!isError) {
    // The documentation shows no response to a message abroad.
    if (id !== undefined || status === 'waiting' || isGlobal)
      return { outcome: 'sent', ...(typeof id === 'string' && { id }) };
    return { outcome: 'unknown', error: 'Eskiz: unreadable response' };
  }
  const text = typeof message === 'string' ? message : JSON.stringify(message ?? '');
  const known = REASONS.find(({ words }) => words.test(text));
  if (known) return { outcome: known.outcome, error: `Eskiz: HTTP ${assessed.status}, ${known.reason}` };
  const isAboutMessage = assessed.status === 400 || assessed.status === 422 || assessed.status < 300;
  return isAboutMessage
    ? { outcome: 'refused', error: `Eskiz: HTTP ${assessed.status}, ${quotable(message, sms)}` }
    : { outcome: 'unavailable', error: `Eskiz: HTTP ${assessed.status}` };
}

/** The statuses of a message and of its parts in Eskiz's documentation. */
const FAILURES: Readonly<Record<string, string>> = {
  REJECTED: 'the number is blacklisted',
  REJECTD: 'the number is blacklisted',
  UNDELIV: 'the number cannot be reached, or its operator blocks it',
  UNDELIVERABLE: 'the number cannot be reached, or its operator blocks it',
  EXPIRED: 'the phone could not be reached in time',
  DELETED: 'the operator refused it, for example because of the sender name',
};
const DELIVERED = ['DELIVRD', 'DELIVERED'];
const ON_ITS_WAY = ['NEW', 'STORED', 'ACCEPTED', 'PARTDELIVERED', 'UNKNOWN', 'ENROUTE', 'WAITING'];

/** Undefined for a status that is not in the documentation. */
export function readStatus(text: string | undefined): StatusReport | undefined {
  const status = text?.trim().toUpperCase() ?? '';
  const failure = FAILURES[status];
  if (failure !== undefined) return { status: 'failed', reason: `Eskiz: ${status}, ${failure}` };
  if (DELIVERED.includes(status)) return { status: 'delivered' };
  return ON_ITS_WAY.includes(status) ? { status: 'accepted' } : undefined;
}
