import type { OverviewWords } from './en.ts';

const words: OverviewWords = {
  refreshed: 'Har daqiqada yangilanadi, oxirgi marta {time} da',
  health: {
    title: 'Holat',
    service: 'Xizmat',
    database: 'Maʼlumotlar bazasi',
    store: 'Xotira',
    version: 'Versiya',
    up: 'Ishlayapti',
    down: 'Ishlamayapti',
    databaseDown:
      'Maʼlumotlar bazasi javob bermayapti. U tiklanmaguncha hech narsani oʻqib yoki oʻzgartirib boʻlmaydi.',
    serviceDown: 'Maʼlumotlar bazasida yozish uchun joy yoʻq yoki migratsiyalar yetishmaydi.',
    storeDown: 'Redis javob bermayapti. Uning oʻrniga maʼlumotlar bazasi ishlatilmoqda, bu sekinroq.',
  },
  lastDay: 'Oxirgi 24 soat',
  signIns: {
    title: 'Kirishlar',
    unit: { other: '# ta urinish' },
    empty: 'Oxirgi sutkada kirishlar boʻlmadi.',
    succeeded: 'Kirildi',
    secondFactor: 'Ikkinchi omil soʻraldi',
    refused: 'Rad etildi',
  },
  signUps: {
    title: 'Roʻyxatdan oʻtishlar',
    unit: { other: '# ta hisob' },
    empty: 'Oxirgi sutkada roʻyxatdan oʻtishlar boʻlmadi.',
    name: 'Yangi hisoblar',
  },
  failures: {
    title: 'Rad etilgan kirishlar',
    unit: { other: '# ta rad javobi' },
    empty: 'Oxirgi sutkada birorta ham kirish rad etilmadi.',
  },
  messages: {
    title: 'Xabarlar',
    unit: { other: '# ta xabar' },
    empty: 'Oxirgi sutkada xabarlar boʻlmadi.',
  },
  splitBy: 'Boʻlish',
  byOutcome: 'Natija boʻyicha',
  byMethod: 'Usul boʻyicha',
  byChannel: 'Kanal boʻyicha',
  byState: 'Holat boʻyicha',
  unknownMethod: 'Nomaʼlum',
  others: 'Boshqalar',
  chartLabel: '{title}, soatlar boʻyicha. Raqamlar quyidagi jadvalda.',
  asTable: 'Raqamlarni koʻrsatish',
  hour: 'Soat',
  total: 'Jami',
};
export default words;
