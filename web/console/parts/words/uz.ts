import type { ListWords } from './en.ts';

const words: ListWords = {
  filters: 'Filtrlar',
  clear: 'Filtrlarni tozalash',
  refresh: 'Yangilash',
  pages: 'Roʻyxat sahifalari',
  first: 'Birinchi sahifa',
  previous: 'Oldingi',
  next: 'Keyingi',
  emptyPage: 'Bu sahifada hech narsa yoʻq.',
  period: 'Vaqt',
  anyTime: 'Istalgan vaqt',
  periods: { '1h': 'Oxirgi soat', '24h': 'Oxirgi 24 soat', '7d': 'Oxirgi 7 kun', '30d': 'Oxirgi 30 kun' },
  ownPeriod: 'Ikki vaqt orasida',
  since: 'Dan',
  until: 'Gacha',
};
export default words;
