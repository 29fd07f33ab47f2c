import type { Locale } from '../../core/locale.ts';
import { COMMON_OUTCOMES, type LinkWords, type UndoEmailChangeOutcome } from './words.ts';

interface Words extends LinkWords<UndoEmailChangeOutcome> {
  /** The button when the address is known; {address} is filled in, masked. */
  buttonNaming: string;
}

const lateEn = 'If it was not you who changed the address, write to those who run the service.';
const en: Words = {
  title: 'Undo the change of your email address',
  question:
    'Press the button to give your account at {site} its old email address back. All devices are signed out, the password stops working, and we send a message to the old address to set a new one.',
  button: 'Restore the old address and sign out everywhere',
  buttonNaming: 'Restore {address} and sign out everywhere',
  caution: 'Was it you who changed the address? Then close this page.',
  outcomes: {
    ...COMMON_OUTCOMES.en,
    RESTORED: [
      'Your old address is restored',
      'You are signed out everywhere. We have sent a message to this address: set a new password with it, because whoever changed the address knew the old one.',
    ],
    EMAIL_TAKEN: ['This address is taken', `Another account has it by now. ${lateEn}`],
    WRONG_CODE: ['This link is not valid', lateEn],
    UNKNOWN: ['This link is not valid', lateEn],
    EXPIRED: ['This link has expired', lateEn],
    TOO_MANY_ATTEMPTS: ['Too many attempts', lateEn],
    ALREADY_USED: ['This link has already been used', 'If it was you who used it, reset your password in the app.'],
  },
};

const lateRu = 'Если адрес изменили не вы, обратитесь к администраторам сервиса.';
const ru: Words = {
  title: 'Отмена изменения адреса почты',
  question:
    'Нажмите кнопку, чтобы вернуть учётной записи в сервисе {site} прежний адрес почты. Сеансы на всех устройствах завершатся, пароль перестанет действовать, а на прежний адрес мы отправим сообщение для смены пароля.',
  button: 'Вернуть прежний адрес и выйти везде',
  buttonNaming: 'Вернуть {address} и выйти везде',
  caution: 'Адрес изменили вы? Тогда закройте страницу.',
  outcomes: {
    ...COMMON_OUTCOMES.ru,
    RESTORED: [
      'Прежний адрес возвращён',
      'Сеансы на всех устройствах завершены. На этот адрес отправлено сообщение: задайте с его помощью новый пароль, потому что прежний был известен тому, кто изменил адрес.',
    ],
    EMAIL_TAKEN: ['Этот адрес занят', `Теперь он принадлежит другой учётной записи. ${lateRu}`],
    WRONG_CODE: ['Ссылка недействительна', lateRu],
    UNKNOWN: ['Ссылка недействительна', lateRu],
    EXPIRED: ['Срок действия ссылки истёк', lateRu],
    TOO_MANY_ATTEMPTS: ['Слишком много попыток', lateRu],
    ALREADY_USED: ['Эта ссылка уже использована', 'Если ею воспользовались вы, сбросьте пароль в приложении.'],
  },
};

const lateUz = 'Agar manzilni siz oʻzgartirmagan boʻlsangiz, xizmat maʼmurlariga murojaat qiling.';
const uz: Words = {
  title: 'Email manzil oʻzgarishini bekor qilish',
  question:
    '{site} xizmatidagi hisobingizga eski email manzilini qaytarish uchun tugmani bosing. Barcha qurilmalar tizimdan chiqariladi, parol ishlamay qoladi va yangisini oʻrnatish uchun eski manzilga xabar yuboramiz.',
  button: 'Eski manzilni qaytarish va hamma joydan chiqish',
  buttonNaming: '{address} manzilini qaytarish va hamma joydan chiqish',
  caution: 'Manzilni siz oʻzgartirdingizmi? Unda sahifani yoping.',
  outcomes: {
    ...COMMON_OUTCOMES.uz,
    RESTORED: [
      'Eski manzilingiz qaytarildi',
      'Barcha qurilmalar tizimdan chiqarildi. Shu manzilga xabar yubordik: u orqali yangi parol oʻrnating, chunki manzilni oʻzgartirgan kishi eskisini bilgan.',
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
