import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords, type NotMeOutcome } from './words.ts';

type Words = LinkWords<NotMeOutcome>;

const lateEn = 'If something is wrong with your account, reset your password in the app. That signs out all devices.';
const en: Words = {
  title: 'Secure your account',
  question:
    'Press the button to sign out all devices of your account at {site}. We will then send you a message to set a new password.',
  button: 'Sign out everywhere and set a new password',
  caution: 'Was it you after all? Close this page, and nothing will change.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    SECURED: [
      'All devices are signed out',
      'We sent you a message to set a new password. Do it soon: the old password may be known to others.',
    ],
    WRONG_CODE: ['This link is not valid', lateEn],
    UNKNOWN: ['This link is not valid', lateEn],
    EXPIRED: ['This link has expired', lateEn],
    TOO_MANY_ATTEMPTS: ['Too many attempts', lateEn],
    ALREADY_USED: [
      'This link has already been used',
      'All devices were signed out. Set a new password with the message we sent, or reset it in the app.',
    ],
  },
};

const lateRu =
  'Если с учётной записью что-то не так, сбросьте пароль в приложении. Сеансы на всех устройствах завершатся.';
const ru: Words = {
  title: 'Защитите свою учётную запись',
  question:
    'Нажмите кнопку, чтобы завершить сеансы на всех устройствах вашей учётной записи в сервисе {site}. Затем мы отправим вам сообщение для смены пароля.',
  button: 'Выйти везде и сменить пароль',
  caution: 'Всё-таки это были вы? Закройте страницу: ничего не изменится.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    SECURED: [
      'Сеансы на всех устройствах завершены',
      'Мы отправили вам сообщение для смены пароля. Не откладывайте: прежний пароль может быть кому-то известен.',
    ],
    WRONG_CODE: ['Ссылка недействительна', lateRu],
    UNKNOWN: ['Ссылка недействительна', lateRu],
    EXPIRED: ['Срок действия ссылки истёк', lateRu],
    TOO_MANY_ATTEMPTS: ['Слишком много попыток', lateRu],
    ALREADY_USED: [
      'Эта ссылка уже использована',
      'Сеансы на всех устройствах завершены. Смените пароль по нашему сообщению или сбросьте его в приложении.',
    ],
  },
};

const lateUz =
  'Agar hisobingizda nimadir joyida boʻlmasa, ilovada parolingizni tiklang. Barcha qurilmalar tizimdan chiqariladi.';
const uz: Words = {
  title: 'Hisobingizni himoyalang',
  question:
    '{site} xizmatidagi hisobingizdan barcha qurilmalarni chiqarish uchun tugmani bosing. Keyin sizga parolni almashtirish uchun xabar yuboramiz.',
  button: 'Hamma joydan chiqish va parolni almashtirish',
  caution: 'Aslida bu siz edingizmi? Sahifani yoping: hech narsa oʻzgarmaydi.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    SECURED: [
      'Barcha qurilmalar tizimdan chiqarildi',
      'Sizga parolni almashtirish uchun xabar yubordik. Kechiktirmang: eski parolingizni boshqalar bilishi mumkin.',
    ],
    WRONG_CODE: ['Havola yaroqsiz', lateUz],
    UNKNOWN: ['Havola yaroqsiz', lateUz],
    EXPIRED: ['Havolaning muddati tugagan', lateUz],
    TOO_MANY_ATTEMPTS: ['Urinishlar juda koʻp', lateUz],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Barcha qurilmalar tizimdan chiqarilgan. Xabarimiz orqali parolingizni almashtiring yoki uni ilovada tiklang.',
    ],
  },
};

export const NOT_ME_WORDS: Record<Locale, Words> = { en, ru, uz };
