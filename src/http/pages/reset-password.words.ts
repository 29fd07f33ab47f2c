import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords } from './words.ts';

interface Words extends LinkWords<'CHANGED'> {
  label: string;
  /** {count} is the least number of characters. */
  hint: string;
  /** What zxcvbn's scores from 0 to 4 mean. */
  ratings: readonly [string, string, string, string, string];
  /** Behind a rating that the server will not take. */
  tooWeak: string;
}

const en: Words = {
  title: 'Choose a new password',
  question: 'The new password is for your account at {site}. When it is set, all devices are signed out.',
  label: 'New password',
  hint: 'Least number of characters: {count}. A few words in a row are easy to remember and hard to guess.',
  ratings: ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'],
  tooWeak: 'Make it longer, for example with a few more words.',
  button: 'Set this password',
  caution: 'Did you not ask for this? Then close this page: your password stays as it is.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    CHANGED: ['Your password is changed', 'You are signed out everywhere. Go back to the app and sign in again.'],
    ALREADY_USED: [
      'This link has already been used',
      'If it was you who set the password, go back to the app and sign in. If not, ask for a new message there.',
    ],
  },
};

const ru: Words = {
  title: 'Задайте новый пароль',
  question: 'Новый пароль для вашей учётной записи в сервисе {site}. После смены все устройства выйдут из системы.',
  label: 'Новый пароль',
  hint: 'Минимум символов: {count}. Несколько слов подряд легко запомнить и трудно подобрать.',
  ratings: ['Очень слабый', 'Слабый', 'Средний', 'Хороший', 'Надёжный'],
  tooWeak: 'Сделайте его длиннее, например добавьте несколько слов.',
  button: 'Задать пароль',
  caution: 'Вы этого не запрашивали? Тогда закройте страницу: пароль останется прежним.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    CHANGED: ['Пароль изменён', 'Сеансы на всех устройствах завершены. Вернитесь в приложение и войдите снова.'],
    ALREADY_USED: [
      'Эта ссылка уже использована',
      'Если пароль сменили вы, вернитесь в приложение и войдите. Если нет, запросите там новое сообщение.',
    ],
  },
};

const uz: Words = {
  title: 'Yangi parol oʻrnating',
  question: 'Yangi parol {site} xizmatidagi hisobingiz uchun. U oʻrnatilgach, barcha qurilmalar tizimdan chiqariladi.',
  label: 'Yangi parol',
  hint: 'Eng kam belgilar soni: {count}. Ketma-ket bir nechta soʻzni eslab qolish oson, topish esa qiyin.',
  ratings: ['Juda zaif', 'Zaif', 'Oʻrtacha', 'Yaxshi', 'Kuchli'],
  tooWeak: 'Uni uzaytiring, masalan, yana bir nechta soʻz qoʻshing.',
  button: 'Parolni oʻrnatish',
  caution: 'Buni siz soʻramadingizmi? Unda sahifani yoping: parolingiz oʻzgarmaydi.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    CHANGED: ['Parolingiz oʻzgartirildi', 'Barcha qurilmalar tizimdan chiqarildi. Ilovaga qayting va qaytadan kiring.'],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Agar parolni siz almashtirgan boʻlsangiz, ilovaga qayting va kiring. Aks holda, oʻsha yerda yangi xabar soʻrang.',
    ],
  },
};

export const RESET_PASSWORD_WORDS: Record<Locale, Words> = { en, ru, uz };
