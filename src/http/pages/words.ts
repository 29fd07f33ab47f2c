import type { Locale } from '../../core/locale.ts';
import type { ChallengeFailure } from '../../core/problems.ts';

/** Why a link may fail. */
export type LinkFailure = Exclude<ChallengeFailure, 'PASSKEY_REJECTED'> | 'RATE_LIMITED';

// The outcomes of each page.

/** VERIFIED_WITHOUT_PASSWORD: an earlier password was removed. */
export type VerifyEmailOutcome = 'VERIFIED' | 'VERIFIED_WITHOUT_PASSWORD' | LinkFailure | 'ACCOUNT_DISABLED';
export type ChangeEmailOutcome = 'CHANGED' | LinkFailure | 'EMAIL_TAKEN';
/** EMAIL_TAKEN: another account has the old address by now. */
export type UndoEmailChangeOutcome = 'RESTORED' | LinkFailure | 'EMAIL_TAKEN';
export type NotMeOutcome = 'SECURED' | LinkFailure;
/** IN_THE_APP: this page cannot ask for the second factor. */
export type SignInOutcome = 'SIGNED_IN' | 'SIGNED_UP' | 'IN_THE_APP' | LinkFailure | 'ACCOUNT_DISABLED';
/** `problems`: what is wrong with the password, in the client's language. The link stays valid. */
export type ResetOutcome = 'CHANGED' | LinkFailure | { problems: readonly string[] };

/** The outcomes that every page may have. */
export type CommonOutcome = LinkFailure | 'INCOMPLETE' | 'CROSS_SITE' | 'UNAVAILABLE' | 'INTERNAL_ERROR';

export type OutcomeText = readonly [heading: string, nextStep: string];

/** The texts of a page that a link opens, in one language. `{site}` is replaced in `question`. */
export interface LinkWords<Outcome extends string> {
  title: string;
  question: string;
  button: string;
  /** For users who did not ask for this. */
  caution: string;
  outcomes: Record<Outcome | CommonOutcome, OutcomeText>;
}

const en: Record<CommonOutcome, OutcomeText> = {
  WRONG_CODE: ['This link is not valid', 'Request a new one in the app.'],
  UNKNOWN: ['This link is not valid', 'A newer link may have replaced it. Request a new one in the app.'],
  EXPIRED: ['This link has expired', 'Request a new one in the app.'],
  ALREADY_USED: ['This link has already been used', 'If you used it, go back to the app and sign in.'],
  TOO_MANY_ATTEMPTS: ['Too many attempts', 'Request a new link in the app later.'],
  RATE_LIMITED: ['Too many attempts', 'Wait a few minutes, then open the link again.'],
  INCOMPLETE: ['This link is not complete', 'Copy the whole link from the message, up to the last character.'],
  CROSS_SITE: ['This request did not come from our page', 'Open the link in the message and press the button there.'],
  UNAVAILABLE: ['This is not working right now', 'Wait a moment, then open the link again. It is still valid.'],
  INTERNAL_ERROR: ['Something went wrong on our side', 'Open the link again later. It is still valid.'],
};

const ru: Record<CommonOutcome, OutcomeText> = {
  WRONG_CODE: ['Ссылка недействительна', 'Запросите новую в приложении.'],
  UNKNOWN: ['Ссылка недействительна', 'Возможно, её заменила более новая. Запросите новую в приложении.'],
  EXPIRED: ['Срок действия ссылки истёк', 'Запросите новую в приложении.'],
  ALREADY_USED: ['Эта ссылка уже использована', 'Если ею воспользовались вы, вернитесь в приложение и войдите.'],
  TOO_MANY_ATTEMPTS: ['Слишком много попыток', 'Запросите новую ссылку в приложении позже.'],
  RATE_LIMITED: ['Слишком много попыток', 'Подождите несколько минут и откройте ссылку ещё раз.'],
  INCOMPLETE: ['Ссылка неполная', 'Скопируйте ссылку из сообщения целиком, до последнего символа.'],
  CROSS_SITE: ['Запрос пришёл не с нашей страницы', 'Откройте ссылку из сообщения и нажмите кнопку там.'],
  UNAVAILABLE: ['Сейчас это не работает', 'Подождите немного и откройте ссылку ещё раз. Она по-прежнему действует.'],
  INTERNAL_ERROR: ['На нашей стороне произошла ошибка', 'Откройте ссылку ещё раз позже. Она по-прежнему действует.'],
};

const uz: Record<CommonOutcome, OutcomeText> = {
  WRONG_CODE: ['Havola yaroqsiz', 'Ilovada yangisini soʻrang.'],
  UNKNOWN: ['Havola yaroqsiz', 'Ehtimol, uning oʻrniga yangisi yuborilgan. Ilovada yangisini soʻrang.'],
  EXPIRED: ['Havolaning muddati tugagan', 'Ilovada yangisini soʻrang.'],
  ALREADY_USED: [
    'Bu havoladan allaqachon foydalanilgan',
    'Agar undan siz foydalangan boʻlsangiz, ilovaga qayting va kiring.',
  ],
  TOO_MANY_ATTEMPTS: ['Urinishlar juda koʻp', 'Keyinroq ilovada yangi havola soʻrang.'],
  RATE_LIMITED: ['Urinishlar juda koʻp', 'Bir necha daqiqa kutib, havolani yana oching.'],
  INCOMPLETE: ['Havola toʻliq emas', 'Xabardagi havolani oxirgi belgisigacha toʻliq nusxalang.'],
  CROSS_SITE: ['Soʻrov bizning sahifamizdan kelmadi', 'Xabardagi havolani oching va tugmani oʻsha yerda bosing.'],
  UNAVAILABLE: ['Hozir bu ishlamayapti', 'Biroz kutib, havolani yana oching. U hali ham amal qiladi.'],
  INTERNAL_ERROR: ['Bizda xatolik yuz berdi', 'Havolani keyinroq yana oching. U hali ham amal qiladi.'],
};

/** The defaults: a page may replace them. */
export const COMMON_OUTCOMES: Record<Locale, Record<CommonOutcome, OutcomeText>> = { en, ru, uz };

/** In the footer, if there is a contact. `{support}` is replaced. */
export const SUPPORT: Record<Locale, string> = {
  en: 'Need help? {support}',
  ru: 'Нужна помощь? {support}',
  uz: 'Yordam kerakmi? {support}',
};

/** On pages that scripts fill. */
export const NEEDS_JAVASCRIPT: Record<Locale, string> = {
  en: 'This page needs JavaScript.',
  ru: 'Для этой страницы нужен JavaScript.',
  uz: 'Bu sahifa uchun JavaScript kerak.',
};

/** If the scripts of a page take long, or do not arrive. */
export const LATE: Record<Locale, readonly [text: string, link: string]> = {
  en: ['This page is slow to load.', 'Load it again'],
  ru: ['Страница загружается слишком долго.', 'Загрузить снова'],
  uz: ['Sahifa uzoq yuklanmoqda.', 'Qayta yuklash'],
};

/** A link to the account pages. They show the sign-in to users who are not signed in. */
export const GO_TO_ACCOUNT: Record<Locale, string> = {
  en: 'Go to your account',
  ru: 'Перейти в свою учётную запись',
  uz: 'Hisobingizga oʻtish',
};
