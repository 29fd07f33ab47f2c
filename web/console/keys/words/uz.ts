import type { KeyWords } from './en.ts';

const words: KeyWords = {
  about: 'Kirish tokenlari shu kalitlar bilan imzolanadi. Serverdan faqat ularning ochiq qismlari chiqadi.',
  jwks: 'Ochiq kalitlar (JWKS)',
  keys: 'Imzo kalitlari',
  states: { NEXT: 'Keyingi', SIGNING: 'Imzolayapti', RETIRING: 'Chiqarilmoqda', RETIRED: 'Chiqarilgan' },
  meanings: {
    NEXT: 'Imzolashdan oldin barcha xizmatlar bilishi uchun eʼlon qilingan.',
    SIGNING: 'Barcha yangi kirish tokenlarini imzolaydi.',
    RETIRING: 'Boshqa imzolamaydi. U imzolagan tokenlar muddati tugaguncha amal qiladi.',
    RETIRED: 'U imzolagan barcha tokenlarning muddati tugagan. Kalit oʻchiriladi.',
  },
  algorithm: 'Algoritm',
  created: 'Eʼlon qilingan',
  signsFrom: 'Imzolash boshlanishi',
  signsUntil: 'Imzolash tugashi',
  verifiesUntil: 'Tokenlari amal qilish muddati',
  open: 'Keyingi kalit almashtirguncha',
  rotation: {
    title: 'Kalitlar qanday almashadi',
    steps: [
      'Yangi kalit imzolashdan oldin eʼlon qilinadi. Ochiq kalitlar nusxasini saqlaydigan xizmatlar uni shu vaqtgacha oladi.',
      'U shu yerda koʻrsatilgan vaqtda ishga tushadi. Hech bir token yoki seans tugamaydi.',
      'Avvalgi kalit oxirgi tokenining muddati tugaguncha eʼlon qilingan holda qoladi. Keyin oʻchiriladi.',
    ],
    settings: 'Bu qanchalik tez-tez boʻlishini SIGNING_KEY_ROTATION sozlamasi belgilaydi.',
    command: 'Oldinroq almashtirish uchun, masalan kalit oshkor boʻlsa, serverda bajaring:',
  },
};
export default words;
