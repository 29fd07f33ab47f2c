import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords, type NotMeOutcome } from './words.ts';

type Words = LinkWords<NotMeOutcome>;

const lateEn =
  'If something is not right with your account, reset your password in the app: that signs out all devices.';
const en: Words = {
  title: 'This wasn’t you?',
  question:
    'Press the button to sign out all devices of your account at {site}. We then send you a message to set a new password.',
  button: 'Sign out everywhere and set a new password',
  caution: 'Was it you after all? Then close this page: nothing changes.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    SECURED: [
      'All devices are signed out',
      'We have sent you a message to set a new password. Do it soon: somebody may know the old one.',
    ],
    WRONG_CODE: ['This link is not valid', lateEn],
    UNKNOWN: ['This link is not valid', lateEn],
    EXPIRED: ['This link has expired', lateEn],
    TOO_MANY_ATTEMPTS: ['Too many attempts', lateEn],
    ALREADY_USED: [
      'This link has already been used',
      'All devices were signed out then. Set a new password with the message that we sent, or reset it in the app.',
    ],
  },
};

const lateRu =
  'Если с учётной записью что-то не так, сбросьте пароль в приложении: сеансы на всех устройствах завершатся.';
const ru: Words = {
  title: 'Это были не вы?',
  question:
    'Нажмите кнопку, чтобы завершить сеансы на всех устройствах вашей учётной записи в сервисе {site}. Затем мы отправим вам сообщение для смены пароля.',
  button: 'Выйти везде и сменить пароль',
  caution: 'Всё-таки это были вы? Тогда закройте страницу: ничего не изменится.',
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
      'Тогда же были завершены все сеансы. Смените пароль по нашему сообщению или сбросьте его в приложении.',
    ],
  },
};

const lateUz =
  'Agar hisobingizda nimadir joyida boʻlmasa, ilovada parolingizni tiklang: barcha qurilmalar tizimdan chiqariladi.';
const uz: Words = {
  title: 'Bu siz emasmidingiz?',
  question:
    '{site} xizmatidagi hisobingizdan barcha qurilmalarni chiqarish uchun tugmani bosing. Keyin sizga parolni almashtirish uchun xabar yuboramiz.',
  button: 'Hamma joydan chiqish va parolni almashtirish',
  caution: 'Aslida bu siz edingizmi? Unda sahifani yoping: hech narsa oʻzgarmaydi.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    SECURED: [
      'Barcha qurilmalar tizimdan chiqarildi',
      'Sizga parolni almashtirish uchun xabar yubordik. Shoshiling: eski parolingizni kimdir bilishi mumkin.',
    ],
    WRONG_CODE: ['Havola yaroqsiz', lateUz],
    UNKNOWN: ['Havola yaroqsiz', lateUz],
    EXPIRED: ['Havolaning muddati tugagan', lateUz],
    TOO_MANY_ATTEMPTS: ['Urinishlar juda koʻp', lateUz],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Oʻshanda barcha qurilmalar tizimdan chiqarilgan. Xabarimiz orqali parolingizni almashtiring yoki uni ilovada tiklang.',
    ],
  },
};

export const NOT_ME_WORDS: Record<Locale, Words> = { en, ru, uz };
