import type { SignedInWords } from './en.ts';

const words: SignedInWords = {
  navigation: 'Hisobingiz',
  profile: 'Profil',
  security: 'Xavfsizlik',
  devices: 'Qurilmalar',
  activity: 'Faoliyat',
  console: 'Konsol',
  signOut: 'Chiqish',
  linking: 'Kirish usuli ulanmoqda…',
  linked: 'Kirish usuli ulandi. Endi undan foydalanishingiz mumkin.',
  linkCancelled: 'Amal bekor qilindi, hech narsa ulanmadi.',
  linkNotStarted:
    'Bu amal boshqa varaqda boshlangan yoki allaqachon yakunlangan. Kirish usuli roʻyxatda boʻlmasa, qaytadan boshlang.',
  toSecurity: '“Xavfsizlik” boʻlimiga qaytish',
};
export default words;
