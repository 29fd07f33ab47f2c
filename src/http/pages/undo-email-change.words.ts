import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords, type UndoEmailChangeOutcome } from './words.ts';

interface Words extends LinkWords<UndoEmailChangeOutcome> {
  /** The button if the address is known. `{address}` is masked. */
  buttonWithAddress: string;
}

const lateEn = 'If you did not change the address, ask an administrator of the service to restore it.';
const en: Words = {
  title: 'Restore your email address',
  question:
    'Press the button to restore the old email address of your account at {site}. All devices will be signed out and the password will stop working. We will send a message to the old address to set a new password.',
  button: 'Restore the old address and sign out everywhere',
  buttonWithAddress: 'Restore {address} and sign out everywhere',
  caution: 'Did you change the address yourself? Close this page.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    RESTORED: [
      'Your old address is restored',
      'All devices are signed out, and the old password no longer works. Set a new one with the message we sent to this address.',
    ],
    EMAIL_TAKEN: ['This address is already in use', `Another account has it now. ${lateEn}`],
    WRONG_CODE: ['This link is not valid', lateEn],
    UNKNOWN: ['This link is not valid', lateEn],
    EXPIRED: ['This link has expired', lateEn],
    TOO_MANY_ATTEMPTS: ['Too many attempts', lateEn],
    ALREADY_USED: ['This link has already been used', 'If you used it, reset your password in the app.'],
  },
};

const lateRu = 'Если адрес изменили не вы, попросите администратора сервиса вернуть его.';
const ru: Words = {
  title: 'Возврат прежнего адреса почты',
  question:
    'Нажмите кнопку, чтобы вернуть учётной записи в сервисе {site} прежний адрес почты. Сеансы на всех устройствах завершатся, пароль перестанет действовать, а на прежний адрес мы отправим сообщение для смены пароля.',
  button: 'Вернуть прежний адрес и выйти везде',
  buttonWithAddress: 'Вернуть {address} и выйти везде',
  caution: 'Адрес изменили вы? Закройте страницу.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    RESTORED: [
      'Прежний адрес возвращён',
      'Сеансы на всех устройствах завершены, прежний пароль больше не действует. Задайте новый с помощью сообщения, отправленного на этот адрес.',
    ],
    EMAIL_TAKEN: ['Этот адрес уже используется', `Теперь он принадлежит другой учётной записи. ${lateRu}`],
    WRONG_CODE: ['Ссылка недействительна', lateRu],
    UNKNOWN: ['Ссылка недействительна', lateRu],
    EXPIRED: ['Срок действия ссылки истёк', lateRu],
    TOO_MANY_ATTEMPTS: ['Слишком много попыток', lateRu],
    ALREADY_USED: ['Эта ссылка уже использована', 'Если ею воспользовались вы, сбросьте пароль в приложении.'],
  },
};

const lateUz = 'Agar manzilni siz oʻzgartirmagan boʻlsangiz, xizmat administratoridan uni qaytarishni soʻrang.';
const uz: Words = {
  title: 'Eski email manzilni qaytarish',
  question:
    '{site} xizmatidagi hisobingizga eski email manzilini qaytarish uchun tugmani bosing. Barcha qurilmalar tizimdan chiqariladi, parol ishlamay qoladi va yangisini oʻrnatish uchun eski manzilga xabar yuboramiz.',
  button: 'Eski manzilni qaytarish va hamma joydan chiqish',
  buttonWithAddress: '{address} manzilini qaytarish va hamma joydan chiqish',
  caution: 'Manzilni siz oʻzgartirdingizmi? Sahifani yoping.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    RESTORED: [
      'Eski manzilingiz qaytarildi',
      'Barcha qurilmalar tizimdan chiqarildi, eski parol endi ishlamaydi. Shu manzilga yuborilgan xabar orqali yangi parol oʻrnating.',
    ],
    EMAIL_TAKEN: ['Bu manzil band', `U endi boshqa hisobga tegishli. ${lateUz}`],
    WRONG_CODE: ['Havola yaroqsiz', lateUz],
    UNKNOWN: ['Havola yaroqsiz', lateUz],
    EXPIRED: ['Havolaning muddati tugagan', lateUz],
    TOO_MANY_ATTEMPTS: ['Urinishlar juda koʻp', lateUz],
    ALREADY_USED: [
      'Bu havoladan allaqachon foydalanilgan',
      'Agar undan siz foydalangan boʻlsangiz, ilovada parolingizni tiklang.',
    ],
  },
};

export const UNDO_EMAIL_CHANGE_WORDS: Record<Locale, Words> = { en, ru, uz };
