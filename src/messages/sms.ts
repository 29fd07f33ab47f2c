import type { Phone } from '../core/identifiers.ts';
import type { Locale } from '../core/locale.ts';
import { segmentsOf } from './segments.ts';

/** What is sent as a text message, before it is put into words. */
export type SmsMessage =
  /** Signs in or up, or proves the number. */
  | { kind: 'otp'; to: Phone; code: string }
  /** Unlocks a new password. */
  | { kind: 'reset-password'; to: Phone; code: string }
  /** Notices, to accounts without an email address. */
  | { kind: 'new-device'; to: Phone }
  | { kind: 'password-changed'; to: Phone }
  /** The account's first address. */
  | { kind: 'email-added'; to: Phone }
  /** To the old number. */
  | { kind: 'phone-changed'; to: Phone }
  | { kind: 'account-deleted'; to: Phone };

export const SMS_KINDS = [
  'otp',
  'reset-password',
  'new-device',
  'password-changed',
  'email-added',
  'phone-changed',
  'account-deleted',
] as const satisfies readonly SmsMessage['kind'][];
export type SmsKind = SmsMessage['kind'];

/** What must be said, and what is said where there is room. {code} is filled in. */
type Sentences = readonly [fact: string, advice: string];

/**
 * Short, because Cyrillic has seventy characters for everything, the last line included. Uzbek is written with the
 * plain apostrophe: with the letters oʻ and gʻ as they should be, it would have seventy as well.
 */
const WORDS: Record<Locale, Record<SmsKind, Sentences>> = {
  en: {
    otp: ['Your code: {code}.', 'Never tell it to anyone.'],
    'reset-password': ['Code to set a new password: {code}.', 'Never tell it to anyone.'],
    'new-device': ['Your account was entered from a new device.', 'If this was not you, change your password.'],
    'password-changed': ['Your password was changed.', 'If this was not you, reset it at once.'],
    'email-added': ['An email address was added to your account.', 'If this was not you, contact support.'],
    'phone-changed': ['Your phone number was changed.', 'If this was not you, contact support.'],
    'account-deleted': ['Your account was deleted.', 'If this was not you, contact support.'],
  },
  ru: {
    otp: ['Ваш код: {code}.', 'Никому его не сообщайте.'],
    'reset-password': ['Код сброса пароля: {code}.', 'Никому не сообщайте.'],
    'new-device': ['Вход с нового устройства.', 'Не вы? Смените пароль.'],
    'password-changed': ['Пароль изменён.', 'Не вы? Сбросьте его.'],
    'email-added': ['Добавлен адрес почты.', 'Не вы? Напишите нам.'],
    'phone-changed': ['Номер изменён.', 'Не вы? Напишите нам.'],
    'account-deleted': ['Аккаунт удалён.', 'Не вы? Напишите нам.'],
  },
  uz: {
    otp: ['Kodingiz: {code}.', 'Uni hech kimga aytmang.'],
    'reset-password': ['Parolni tiklash kodi: {code}.', 'Uni hech kimga aytmang.'],
    'new-device': ['Hisobingizga yangi qurilmadan kirildi.', "Agar bu siz bo'lmasangiz, parolni almashtiring."],
    'password-changed': ["Parolingiz o'zgartirildi.", "Agar bu siz bo'lmasangiz, uni darhol tiklang."],
    'email-added': ["Hisobingizga elektron manzil qo'shildi.", "Agar bu siz bo'lmasangiz, xizmatga murojaat qiling."],
    'phone-changed': ["Telefon raqamingiz o'zgartirildi.", "Agar bu siz bo'lmasangiz, xizmatga murojaat qiling."],
    'account-deleted': ["Hisobingiz o'chirildi.", "Agar bu siz bo'lmasangiz, xizmatga murojaat qiling."],
  },
};

interface Options {
  /** Whose codes these are: the host of PUBLIC_URL, without a port (`new URL(publicUrl).hostname`). */
  domain: string;
}

/**
 * The text, in one segment. A code ends it as an origin-bound one-time code (wicg.github.io/sms-one-time-codes):
 * `@domain #code` alone on the last line, the host without scheme and port. Phones then offer the code on pages of that
 * domain and on no other, so it outlives the sentences where room is short.
 */
export function renderSms(message: SmsMessage, locale: Locale, { domain }: Options): string {
  const [fact, advice] = WORDS[locale][message.kind];
  if (!('code' in message)) {
    const named = `${domain}: ${fact}`;
    return roomiest([`${named} ${advice}`, named, fact]);
  }
  const { code } = message;
  const last = `@${domain} #${code}`;
  const said = fact.replaceAll('{code}', code);
  return roomiest([`${said} ${advice}\n${last}`, `${said}\n${last}`, last, said]);
}

/** The first of the texts that fits into one segment. */
const roomiest = (texts: readonly [string, ...string[]]): string =>
  texts.find((text) => segmentsOf(text) === 1) ?? texts.at(-1) ?? texts[0];
