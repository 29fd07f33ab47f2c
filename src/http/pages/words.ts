import type { Locale } from '../../core/locale.ts';
import type { ChallengeFailure } from '../../core/problems.ts';

/** How the attempt to prove an address by link ended. */
export type VerifyEmailOutcome = 'VERIFIED' | ChallengeFailure | 'ACCOUNT_DISABLED' | 'RATE_LIMITED';

/** What can also come of a request to the page. */
export type PageOutcome = VerifyEmailOutcome | 'INCOMPLETE' | 'FOREIGN' | 'UNAVAILABLE' | 'BROKEN';

interface Words {
  title: string;
  /** What the button does. {site} is filled in. */
  question: string;
  button: string;
  /** For someone who did not ask. */
  caution: string;
  /** Heading and what to do now. */
  outcomes: Record<PageOutcome, readonly [heading: string, advice: string]>;
}

const en: Words = {
  title: 'Confirm your email address',
  question: 'Press the button to confirm your email address for {site}.',
  button: 'Confirm this address',
  caution: 'Did you not sign up or ask for this message? Then close this page.',
  outcomes: {
    VERIFIED: ['Your address is confirmed', 'Go back to the app and sign in.'],
    WRONG_CODE: ['This link is not valid', 'Ask for a new message in the app.'],
    UNKNOWN: ['This link is not valid', 'It may have been replaced by a newer one. Ask for a new message in the app.'],
    EXPIRED: ['This link has expired', 'Ask for a new message in the app.'],
    ALREADY_USED: [
      'This link has already been used',
      'If it was you who confirmed the address, go back to the app and sign in.',
    ],
    TOO_MANY_ATTEMPTS: ['Too many attempts', 'Ask for a new message in the app later.'],
    RATE_LIMITED: ['Too many attempts', 'Wait a few minutes, then open the link again.'],
    ACCOUNT_DISABLED: ['This account is deactivated', 'Ask those who run the service.'],
    INCOMPLETE: ['This link is not complete', 'Copy the whole link from the message, to its last character.'],
    FOREIGN: ['This did not come from our page', 'Open the link from the message and confirm there.'],
    UNAVAILABLE: ['This does not work right now', 'Wait a moment, then open the link again. It stays valid.'],
    BROKEN: ['Something went wrong on our side', 'Open the link again later. It stays valid.'],
  },
};

const ru: Words = {
  title: 'Подтвердите адрес почты',
  question: 'Нажмите кнопку, чтобы подтвердить свой адрес почты в сервисе {site}.',
  button: 'Подтвердить адрес',
  caution: 'Вы не регистрировались и не запрашивали это сообщение? Тогда закройте страницу.',
  outcomes: {
    VERIFIED: ['Адрес подтверждён', 'Вернитесь в приложение и войдите.'],
    WRONG_CODE: ['Ссылка недействительна', 'Запросите новое сообщение в приложении.'],
    UNKNOWN: ['Ссылка недействительна', 'Возможно, её заменила более новая. Запросите новое сообщение в приложении.'],
    EXPIRED: ['Срок действия ссылки истёк', 'Запросите новое сообщение в приложении.'],
    ALREADY_USED: ['Эта ссылка уже использована', 'Если адрес подтвердили вы, вернитесь в приложение и войдите.'],
    TOO_MANY_ATTEMPTS: ['Слишком много попыток', 'Запросите новое сообщение в приложении позже.'],
    RATE_LIMITED: ['Слишком много попыток', 'Подождите несколько минут и откройте ссылку ещё раз.'],
    ACCOUNT_DISABLED: ['Эта учётная запись отключена', 'Обратитесь к администраторам сервиса.'],
    INCOMPLETE: ['Ссылка неполная', 'Скопируйте ссылку из сообщения целиком, до последнего символа.'],
    FOREIGN: ['Запрос пришёл не с нашей страницы', 'Откройте ссылку из сообщения и подтвердите адрес там.'],
    UNAVAILABLE: [
      'Сейчас это не работает',
      'Подождите немного и откройте ссылку ещё раз. Она остаётся действительной.',
    ],
    BROKEN: ['У нас произошла ошибка', 'Откройте ссылку ещё раз позже. Она остаётся действительной.'],
  },
};

const uz: Words = {
  title: 'Email manzilingizni tasdiqlang',
  question: '{site} xizmatidagi email manzilingizni tasdiqlash uchun tugmani bosing.',
  button: 'Manzilni tasdiqlash',
  caution: 'Roʻyxatdan oʻtmadingizmi yoki bu xabarni soʻramadingizmi? Unda sahifani yoping.',
  outcomes: {
    VERIFIED: ['Manzilingiz tasdiqlandi', 'Ilovaga qayting va kiring.'],
    WRONG_CODE: ['Havola yaroqsiz', 'Ilovada yangi xabar soʻrang.'],
    UNKNOWN: ['Havola yaroqsiz', 'Ehtimol, uning oʻrniga yangisi yuborilgan. Ilovada yangi xabar soʻrang.'],
    EXPIRED: ['Havolaning muddati tugagan', 'Ilovada yangi xabar soʻrang.'],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Agar manzilni siz tasdiqlagan boʻlsangiz, ilovaga qayting va kiring.',
    ],
    TOO_MANY_ATTEMPTS: ['Urinishlar juda koʻp', 'Keyinroq ilovada yangi xabar soʻrang.'],
    RATE_LIMITED: ['Urinishlar juda koʻp', 'Bir necha daqiqa kutib, havolani yana oching.'],
    ACCOUNT_DISABLED: ['Bu hisob oʻchirib qoʻyilgan', 'Xizmat maʼmurlariga murojaat qiling.'],
    INCOMPLETE: ['Havola toʻliq emas', 'Xabardagi havolani oxirgi belgisigacha toʻliq nusxalang.'],
    FOREIGN: ['Soʻrov bizning sahifamizdan kelmadi', 'Xabardagi havolani oching va manzilni oʻsha yerda tasdiqlang.'],
    UNAVAILABLE: ['Hozir bu ishlamayapti', 'Biroz kutib, havolani yana oching. U oʻz kuchida qoladi.'],
    BROKEN: ['Bizda xatolik yuz berdi', 'Havolani keyinroq yana oching. U oʻz kuchida qoladi.'],
  },
};

export const VERIFY_EMAIL_WORDS: Record<Locale, Words> = { en, ru, uz };
