import type { Phone } from '../core/identifiers.ts';
import type { Locale } from '../core/locale.ts';
import { countSegments } from './segments.ts';

/** To the verified number of an account without an email address. */
export interface TextNotice {
  kind:
    | 'new-device'
    | 'password-changed'
    | 'identity-linked'
    | 'identity-unlinked'
    /** The account's first address. */
    | 'email-added'
    /** To the old number. */
    | 'phone-changed'
    /** To the removed number. */
    | 'phone-removed'
    /** By an administrator. */
    | 'account-changed'
    | 'account-deleted';
  to: Phone;
  /** How many notices of this kind were suppressed since the last one. */
  more?: number;
  /** After a password reset: how many ways to sign in were added recently. */
  added?: number;
}

/** A text message, before it is rendered in a language. */
export type SmsMessage =
  /** Signs in or up, or verifies the number. */
  | { kind: 'otp'; to: Phone; code: string }
  /** To set a new password. */
  | { kind: 'reset-password'; to: Phone; code: string }
  | TextNotice;

export const SMS_KINDS = [
  'otp',
  'reset-password',
  'new-device',
  'password-changed',
  'identity-linked',
  'identity-unlinked',
  'email-added',
  'phone-changed',
  'phone-removed',
  'account-changed',
  'account-deleted',
] as const satisfies readonly SmsMessage['kind'][];
export type SmsKind = SmsMessage['kind'];

/** The advice is left out where it does not fit. `{code}` is replaced. */
type Sentences = readonly [fact: string, advice: string];

/**
 * Short: a segment in Cyrillic holds 70 characters, the last line included. Uzbek uses the plain apostrophe, because
 * the correct letters oʻ and gʻ are outside GSM 03.38 and would also limit it to 70.
 */
const WORDS: Record<Locale, Record<SmsKind, Sentences>> = {
  en: {
    otp: ['Your code: {code}.', "Don't share it with anyone."],
    'reset-password': ['Your code to reset your password: {code}.', "Don't share it with anyone."],
    'new-device': ['A new device signed in to your account.', "If this wasn't you, change your password."],
    'password-changed': ['Your password was changed.', "If this wasn't you, reset it now."],
    'email-added': [
      'An email address was added to your account.',
      "If this wasn't you, reset your password and change the address.",
    ],
    'identity-linked': [
      'A way to sign in was added to your account.',
      "If this wasn't you, reset your password and remove it.",
    ],
    'identity-unlinked': [
      'A way to sign in was removed from your account.',
      "If this wasn't you, reset your password.",
    ],
    'phone-changed': ['Your phone number was changed.', "If this wasn't you, tell an administrator."],
    'phone-removed': [
      'This number was removed from your account.',
      "If you didn't expect this, tell an administrator.",
    ],
    'account-changed': ['An administrator changed your account.', 'Sign in to see the details.'],
    'account-deleted': ['Your account was deleted.', "If this wasn't you, tell an administrator."],
  },
  ru: {
    otp: ['Ваш код: {code}.', 'Никому его не сообщайте.'],
    'reset-password': ['Сброс пароля: {code}.', 'Никому не сообщайте.'],
    'new-device': ['Вход с нового устройства.', 'Не вы? Смените пароль.'],
    'password-changed': ['Пароль изменён.', 'Не вы? Сбросьте его.'],
    'email-added': ['Добавлен адрес почты.', 'Не вы? Смените пароль и адрес.'],
    'identity-linked': ['Добавлен способ входа.', 'Не вы? Смените пароль.'],
    'identity-unlinked': ['Удалён способ входа.', 'Не вы? Смените пароль.'],
    'phone-changed': ['Номер изменён.', 'Не вы? Сообщите администратору.'],
    'phone-removed': ['Этот номер удалён.', 'Не вы? Сообщите администратору.'],
    'account-changed': ['Аккаунт изменён администратором.', 'Подробности после входа.'],
    'account-deleted': ['Аккаунт удалён.', 'Не вы? Сообщите администратору.'],
  },
  uz: {
    otp: ['Kodingiz: {code}.', 'Uni hech kimga aytmang.'],
    'reset-password': ['Parolni tiklash kodi: {code}.', 'Uni hech kimga aytmang.'],
    'new-device': ['Hisobingizga yangi qurilmadan kirildi.', "Agar bu siz bo'lmasangiz, parolni almashtiring."],
    'password-changed': ["Parolingiz o'zgartirildi.", "Agar bu siz bo'lmasangiz, uni darhol tiklang."],
    'email-added': [
      "Hisobingizga email manzil qo'shildi.",
      "Agar bu siz bo'lmasangiz, parol va manzilni almashtiring.",
    ],
    'identity-linked': [
      "Hisobingizga kirish usuli qo'shildi.",
      "Agar bu siz bo'lmasangiz, parolni tiklang va uni o'chiring.",
    ],
    'identity-unlinked': ["Hisobingizdan kirish usuli o'chirildi.", "Agar bu siz bo'lmasangiz, parolni tiklang."],
    'phone-removed': [
      "Bu raqam hisobingizdan o'chirildi.",
      "Agar buni kutmagan bo'lsangiz, administratorga xabar bering.",
    ],
    'account-changed': ["Administrator hisobingizni o'zgartirdi.", "Tafsilotlarni ko'rish uchun hisobingizga kiring."],
    'phone-changed': ["Telefon raqamingiz o'zgartirildi.", "Agar bu siz bo'lmasangiz, administratorga xabar bering."],
    'account-deleted': ["Hisobingiz o'chirildi.", "Agar bu siz bo'lmasangiz, administratorga xabar bering."],
  },
};

/** Of notices that were suppressed before. `{count}` is replaced. */
const MORE: Record<Locale, string> = { en: 'and {count} more', ru: 'и ещё {count}', uz: 'va yana {count} ta' };

/** Instead of the advice, after a reset. `{count}` is replaced. */
const ADDED: Record<Locale, string> = {
  en: 'Ways to sign in added recently: {count}.',
  ru: 'Новых способов входа: {count}.',
  uz: "Yaqinda qo'shilgan kirish usullari: {count}.",
};

interface Options {
  /** The host of PUBLIC_URL, without a port: `new URL(publicUrl).hostname`. */
  domain: string;
}

/**
 * Always one segment. A code ends with `@domain #code` on a line of its own (wicg.github.io/sms-one-time-codes): phones
 * then offer it on pages of that domain only, so this line is kept when the sentences do not fit.
 */
export function renderSms(message: SmsMessage, locale: Locale, { domain }: Options): string {
  const [fact, advice] = WORDS[locale][message.kind];
  if (!('code' in message)) {
    const news = message.more
      ? fact.replace(/\.$/, ` (${MORE[locale].replace('{count}', String(message.more))}).`)
      : fact;
    const withDomain = `${domain}: ${news}`;
    const hint = message.added ? ADDED[locale].replace('{count}', String(message.added)) : advice;
    return firstThatFits([`${withDomain} ${hint}`, ...(message.added ? [`${news} ${hint}`] : []), withDomain, news]);
  }
  const { code } = message;
  const boundCode = `@${domain} #${code}`;
  const sentence = fact.replaceAll('{code}', code);
  return firstThatFits([`${sentence} ${advice}\n${boundCode}`, `${sentence}\n${boundCode}`, boundCode, sentence]);
}

/** The first text that fits into one segment; the last one if none does. */
const firstThatFits = (texts: readonly [string, ...string[]]): string =>
  texts.find((text) => countSegments(text) === 1) ?? texts.at(-1) ?? texts[0];
