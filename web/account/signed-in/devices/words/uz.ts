import type { DevicesWords } from './en.ts';

const words: DevicesWords = {
  introduction: 'Siz kirgan qurilmalar. Notanish qurilma boʻlsa, undan chiqing va parolingizni oʻzgartiring.',
  current: 'Shu qurilma',
  impersonation: 'Administrator sizning nomingizdan ish koʻrmoqda',
  lastUsed: 'Oxirgi marta: {time}',
  since: 'kirilgan vaqt: {time}',
  signOut: 'Chiqish',
  signedOut: '{device}: hisobdan chiqildi.',
  signOutOthers: 'Boshqa barcha qurilmalardan chiqish',
  signOutOthersQuestion: 'Boshqa barcha qurilmalardan chiqilsinmi?',
  signOutOthersHint: 'Bu yerda hisobingizda qolasiz. Boshqa joylarda qaytadan kirish kerak boʻladi.',
  othersSignedOut: { other: '# ta qurilmadan chiqildi.' },
  noOthers: 'Boshqa qurilmalarda hisobingizga kirilmagan.',
};
export default words;
