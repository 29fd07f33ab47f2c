import type { Locale } from '../../core/locale.ts';
import type { ChallengeFailure } from '../../core/problems.ts';

/** How a link may fail to do its work. */
export type LinkFailure = ChallengeFailure | 'RATE_LIMITED';

/** How each page's work may end. */
export type VerifyEmailOutcome = 'VERIFIED' | LinkFailure | 'ACCOUNT_DISABLED';
export type ChangeEmailOutcome = 'CHANGED' | LinkFailure | 'EMAIL_TAKEN';
/** EMAIL_TAKEN: meanwhile the old address belongs to another account. */
export type UndoEmailChangeOutcome = 'RESTORED' | LinkFailure | 'EMAIL_TAKEN';
export type NotMeOutcome = 'SECURED' | LinkFailure;
/** Or what is wrong with the password, in the client's language; the link stays good. */
export type ResetOutcome = 'CHANGED' | LinkFailure | { problems: readonly string[] };

/** What can come of a request to any of the pages. */
export type CommonOutcome = LinkFailure | 'INCOMPLETE' | 'FOREIGN' | 'UNAVAILABLE' | 'BROKEN';

export type Telling = readonly [heading: string, whatToDoNow: string];

/** The words of a page behind a link, in one language. {site} is filled in where a sentence stands for itself. */
export interface LinkWords<Outcome extends string> {
  title: string;
  /** What this is about. */
  question: string;
  button: string;
  /** For someone who did not ask. */
  caution: string;
  outcomes: Record<Outcome | CommonOutcome, Telling>;
}

const en: Record<CommonOutcome, Telling> = {
  WRONG_CODE: ['This link is not valid', 'Ask for a new message in the app.'],
  UNKNOWN: ['This link is not valid', 'It may have been replaced by a newer one. Ask for a new message in the app.'],
  EXPIRED: ['This link has expired', 'Ask for a new message in the app.'],
  ALREADY_USED: ['This link has already been used', 'If it was you who used it, go back to the app and sign in.'],
  TOO_MANY_ATTEMPTS: ['Too many attempts', 'Ask for a new message in the app later.'],
  RATE_LIMITED: ['Too many attempts', 'Wait a few minutes, then open the link again.'],
  INCOMPLETE: ['This link is not complete', 'Copy the whole link from the message, to its last character.'],
  FOREIGN: ['This did not come from our page', 'Open the link from the message and press the button there.'],
  UNAVAILABLE: ['This does not work right now', 'Wait a moment, then open the link again. It stays valid.'],
  BROKEN: ['Something went wrong on our side', 'Open the link again later. It stays valid.'],
};

const ru: Record<CommonOutcome, Telling> = {
  WRONG_CODE: ['Ссылка недействительна', 'Запросите новое сообщение в приложении.'],
  UNKNOWN: ['Ссылка недействительна', 'Возможно, её заменила более новая. Запросите новое сообщение в приложении.'],
  EXPIRED: ['Срок действия ссылки истёк', 'Запросите новое сообщение в приложении.'],
  ALREADY_USED: ['Эта ссылка уже использована', 'Если ею воспользовались вы, вернитесь в приложение и войдите.'],
  TOO_MANY_ATTEMPTS: ['Слишком много попыток', 'Запросите новое сообщение в приложении позже.'],
  RATE_LIMITED: ['Слишком много попыток', 'Подождите несколько минут и откройте ссылку ещё раз.'],
  INCOMPLETE: ['Ссылка неполная', 'Скопируйте ссылку из сообщения целиком, до последнего символа.'],
  FOREIGN: ['Запрос пришёл не с нашей страницы', 'Откройте ссылку из сообщения и нажмите кнопку там.'],
  UNAVAILABLE: ['Сейчас это не работает', 'Подождите немного и откройте ссылку ещё раз. Она остаётся действительной.'],
  BROKEN: ['У нас произошла ошибка', 'Откройте ссылку ещё раз позже. Она остаётся действительной.'],
};

const uz: Record<CommonOutcome, Telling> = {
  WRONG_CODE: ['Havola yaroqsiz', 'Ilovada yangi xabar soʻrang.'],
  UNKNOWN: ['Havola yaroqsiz', 'Ehtimol, uning oʻrniga yangisi yuborilgan. Ilovada yangi xabar soʻrang.'],
  EXPIRED: ['Havolaning muddati tugagan', 'Ilovada yangi xabar soʻrang.'],
  ALREADY_USED: [
    'Bu havoladan allaqachon foydalanilgan',
    'Agar undan siz foydalangan boʻlsangiz, ilovaga qayting va kiring.',
  ],
  TOO_MANY_ATTEMPTS: ['Urinishlar juda koʻp', 'Keyinroq ilovada yangi xabar soʻrang.'],
  RATE_LIMITED: ['Urinishlar juda koʻp', 'Bir necha daqiqa kutib, havolani yana oching.'],
  INCOMPLETE: ['Havola toʻliq emas', 'Xabardagi havolani oxirgi belgisigacha toʻliq nusxalang.'],
  FOREIGN: ['Soʻrov bizning sahifamizdan kelmadi', 'Xabardagi havolani oching va tugmani oʻsha yerda bosing.'],
  UNAVAILABLE: ['Hozir bu ishlamayapti', 'Biroz kutib, havolani yana oching. U oʻz kuchida qoladi.'],
  BROKEN: ['Bizda xatolik yuz berdi', 'Havolani keyinroq yana oching. U oʻz kuchida qoladi.'],
};

/** For pages with nothing better to say. */
export const COMMON_OUTCOMES: Record<Locale, Record<CommonOutcome, Telling>> = { en, ru, uz };
