import type { SharedWords } from './en.ts';

const words: SharedWords = {
  cancel: 'Bekor qilish',
  close: 'Yopish',
  save: 'Saqlash',
  continue: 'Davom etish',
  retry: 'Qayta urinish',
  copy: 'Nusxa olish',
  copied: 'Nusxa olindi',
  announcements: 'Bildirishnomalar',
  loadFailed: 'Maʼlumotlarni yuklab boʻlmadi.',
  required: 'Bu maydonni toʻldiring.',
  showPassword: 'Parolni koʻrsatish',
  hidePassword: 'Parolni yashirish',
  wrongPassword: 'Parol notoʻgʻri.',
  errors: {
    UNAVAILABLE: 'Xizmatga ulanib boʻlmadi. Internetni tekshirib, qayta urinib koʻring.',
    RATE_LIMITED: 'Urinishlar juda koʻp. Biroz kuting.',
    USER_CHANGED: 'Bu brauzerda boshqa foydalanuvchi kirdi, shuning uchun hech narsa oʻzgartirilmadi.',
    FORBIDDEN: 'Bu amal uchun ruxsatingiz yoʻq.',
    OTHER: 'Bizda xatolik yuz berdi. Qayta urinib koʻring.',
  },
  confirmIdentity: {
    title: 'Bu siz ekaningizni tasdiqlang',
    description: 'Bu amal uchun tasdiqlash kerak. Undan keyin kelgan joyingizdan davom etasiz.',
    password: 'Parolingiz',
    totp: 'Autentifikator ilovasidagi kod',
    passkey: 'Kirish kaliti bilan davom etish',
    withPassword: 'Parolni kiritish',
    withTotp: 'Autentifikator ilovasidan foydalanish',
    withPasskey: 'Kirish kalitidan foydalanish',
    passkeyCancelled: 'Kirish kalitidan foydalanilmadi. Qayta urinib koʻring yoki boshqa usulni tanlang.',
    onlySignIn: 'Bu amal uchun yaqinda kirgan boʻlishingiz kerak. Qaytadan kirib, uni takrorlang.',
    signInAgain: 'Qaytadan kirish',
    impossible: 'Administrator foydalanuvchi nomidan ish koʻrayotganda buning imkoni yoʻq.',
  },
};
export default words;
