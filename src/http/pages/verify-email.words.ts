import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords, type VerifyEmailOutcome } from './words.ts';

type Words = LinkWords<VerifyEmailOutcome>;

const en: Words = {
  title: 'Confirm your email address',
  question: 'Press the button to confirm your email address for {site}.',
  button: 'Confirm this address',
  caution: 'Didn’t sign up or ask for this message? Close this page.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    VERIFIED: ['Your email address is confirmed', 'Go back to the app and sign in.'],
    ALREADY_USED: ['This link has already been used', 'If you confirmed the address, go back to the app and sign in.'],
    ACCOUNT_DISABLED: ['This account is deactivated', 'Ask an administrator to reactivate it.'],
  },
};

const ru: Words = {
  title: 'Подтвердите адрес почты',
  question: 'Нажмите кнопку, чтобы подтвердить свой адрес почты в сервисе {site}.',
  button: 'Подтвердить адрес',
  caution: 'Вы не регистрировались и не запрашивали это сообщение? Закройте страницу.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    VERIFIED: ['Адрес почты подтверждён', 'Вернитесь в приложение и войдите.'],
    ALREADY_USED: ['Эта ссылка уже использована', 'Если адрес подтвердили вы, вернитесь в приложение и войдите.'],
    ACCOUNT_DISABLED: ['Эта учётная запись отключена', 'Попросите администратора включить её.'],
  },
};

const uz: Words = {
  title: 'Email manzilingizni tasdiqlang',
  question: '{site} xizmatidagi email manzilingizni tasdiqlash uchun tugmani bosing.',
  button: 'Manzilni tasdiqlash',
  caution: 'Roʻyxatdan oʻtmagan yoki bu xabarni soʻramaganmisiz? Sahifani yoping.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    VERIFIED: ['Email manzilingiz tasdiqlandi', 'Ilovaga qayting va kiring.'],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Agar manzilni siz tasdiqlagan boʻlsangiz, ilovaga qayting va kiring.',
    ],
    ACCOUNT_DISABLED: ['Bu hisob oʻchirib qoʻyilgan', 'Administratordan uni yoqishni soʻrang.'],
  },
};

export const VERIFY_EMAIL_WORDS: Record<Locale, Words> = { en, ru, uz };
