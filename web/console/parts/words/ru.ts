import type { ListWords } from './en.ts';

const words: ListWords = {
  filters: 'Фильтры',
  clear: 'Сбросить фильтры',
  refresh: 'Обновить',
  pages: 'Страницы списка',
  first: 'Первая страница',
  previous: 'Назад',
  next: 'Вперёд',
  emptyPage: 'На этой странице ничего нет.',
  period: 'Время',
  anyTime: 'Любое время',
  periods: { '1h': 'Последний час', '24h': 'Последние 24 часа', '7d': 'Последние 7 дней', '30d': 'Последние 30 дней' },
  ownPeriod: 'Между двумя моментами',
  since: 'С',
  until: 'До',
};
export default words;
