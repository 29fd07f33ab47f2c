import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords } from './words.ts';

interface Words extends LinkWords<'CHANGED'> {
  label: string;
  /** `{count}`: the minimum length. */
  hint: string;
  /** zxcvbn's scores from 0 to 4. */
  ratings: readonly [string, string, string, string, string];
  /** Follows a rating below the server's minimum. */
  tooWeak: string;
}

const en: Words = {
  title: 'Choose a new password',
  question: 'Enter a new password for your account at {site}. All devices will be signed out.',
  label: 'New password',
  hint: 'Use at least {count} characters. A few random words are easy to remember and hard to guess.',
  ratings: ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'],
  tooWeak: 'Make it longer, for example with a few more words.',
  button: 'Set password',
  caution: 'Didn’t ask for this? Close this page, and your password stays the same.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    CHANGED: ['Your password was changed', 'All devices are signed out. Go back to the app and sign in.'],
    ALREADY_USED: [
      'This link has already been used',
      'If you set the password, go back to the app and sign in. If not, request a new link there.',
    ],
  },
};

const ru: Words = {
  title: 'Задайте новый пароль',
  question: 'Введите новый пароль для своей учётной записи в сервисе {site}. Сеансы на всех устройствах завершатся.',
  label: 'Новый пароль',
  hint: 'Минимальное число символов: {count}. Несколько случайных слов легко запомнить и трудно подобрать.',
  ratings: ['Очень слабый', 'Слабый', 'Средний', 'Хороший', 'Надёжный'],
  tooWeak: 'Сделайте его длиннее, например, добавьте несколько слов.',
  button: 'Задать пароль',
  caution: 'Вы этого не запрашивали? Закройте страницу: пароль останется прежним.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    CHANGED: ['Пароль изменён', 'Сеансы на всех устройствах завершены. Вернитесь в приложение и войдите.'],
    ALREADY_USED: [
      'Эта ссылка уже использована',
      'Если пароль сменили вы, вернитесь в приложение и войдите. Если нет, запросите там новую ссылку.',
    ],
  },
};

const uz: Words = {
  title: 'Yangi parol oʻrnating',
  question: '{site} xizmatidagi hisobingiz uchun yangi parol kiriting. Barcha qurilmalar tizimdan chiqariladi.',
  label: 'Yangi parol',
  hint: 'Kamida {count} ta belgi kiriting. Bir nechta tasodifiy soʻzni eslab qolish oson, topish esa qiyin.',
  ratings: ['Juda zaif', 'Zaif', 'Oʻrtacha', 'Yaxshi', 'Kuchli'],
  tooWeak: 'Uni uzaytiring, masalan, yana bir nechta soʻz qoʻshing.',
  button: 'Parolni oʻrnatish',
  caution: 'Buni siz soʻramaganmisiz? Sahifani yoping: parolingiz oʻzgarmaydi.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    CHANGED: ['Parolingiz oʻzgartirildi', 'Barcha qurilmalar tizimdan chiqarildi. Ilovaga qayting va kiring.'],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Agar parolni siz almashtirgan boʻlsangiz, ilovaga qayting va kiring. Aks holda oʻsha yerda yangi havola soʻrang.',
    ],
  },
};

export const RESET_PASSWORD_WORDS: Record<Locale, Words> = { en, ru, uz };
