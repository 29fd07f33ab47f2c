import type { Locale } from '../../core/locale.ts';
import type { OfferName } from '../offers.ts';

interface Words {
  heading: string;
  groups: Record<'use' | 'read' | 'services', string>;
  offers: Record<OfferName, readonly [label: string, description: string]>;
  note: string;
}

const en: Words = {
  heading: 'Latchkey is running',
  groups: { use: 'Try it', read: 'Read', services: 'For other services' },
  offers: {
    graphiql: ['GraphiQL', 'Run every operation of the API, as any signed-in user.'],
    outbox: ['Outbox', 'Emails and text messages that the service has sent, with their codes and links.'],
    account: ['Account pages', 'Sign-in, sign-up and the user’s own account.'],
    console: ['Console', 'For staff and administrators.'],
    docs: ['Documentation', 'Guides, settings and the API reference of this version.'],
    schema: ['Schema', 'The SDL, for code generators.'],
    discovery: ['Discovery', 'For libraries that take an issuer URL.'],
    keys: ['Public keys', 'They verify access tokens.'],
    revocations: ['Revocations', 'Ended sessions whose access tokens have not expired, as a signed token.'],
    readiness: ['Readiness', 'Whether the service can serve requests, with the state of its database.'],
    liveness: ['Liveness', 'Whether the process runs.'],
  },
  note: 'This page is served in development only.',
};

const ru: Words = {
  heading: 'Latchkey работает',
  groups: { use: 'Попробовать', read: 'Читать', services: 'Для других сервисов' },
  offers: {
    graphiql: ['GraphiQL', 'Выполняйте любые операции API от имени любого вошедшего пользователя.'],
    outbox: ['Исходящие сообщения', 'Отправленные письма и SMS с кодами и ссылками.'],
    account: ['Страницы учётной записи', 'Вход, регистрация и собственная учётная запись пользователя.'],
    console: ['Консоль', 'Для сотрудников и администраторов.'],
    docs: ['Документация', 'Руководства, настройки и справочник по API этой версии (на английском языке).'],
    schema: ['Схема', 'SDL для генераторов кода.'],
    discovery: ['Обнаружение', 'Для библиотек, которым нужен URL издателя.'],
    keys: ['Открытые ключи', 'Ими проверяют токены доступа.'],
    revocations: [
      'Отозванные сеансы',
      'Завершённые сеансы, токены доступа которых ещё не истекли, в виде подписанного токена.',
    ],
    readiness: ['Готовность', 'Может ли сервис обрабатывать запросы; состояние базы данных.'],
    liveness: ['Работоспособность', 'Запущен ли процесс.'],
  },
  note: 'Эта страница доступна только при разработке.',
};

const uz: Words = {
  heading: 'Latchkey ishlamoqda',
  groups: { use: 'Sinab koʻrish', read: 'Oʻqish', services: 'Boshqa xizmatlar uchun' },
  offers: {
    graphiql: ['GraphiQL', 'API’ning istalgan amalini tizimga kirgan har qanday foydalanuvchi nomidan bajaring.'],
    outbox: ['Yuborilgan xabarlar', 'Xizmat yuborgan xatlar va SMSlar, kodlari va havolalari bilan.'],
    account: ['Hisob sahifalari', 'Kirish, roʻyxatdan oʻtish va foydalanuvchining oʻz hisobi.'],
    console: ['Boshqaruv paneli', 'Xodimlar va administratorlar uchun.'],
    docs: ['Hujjatlar', 'Shu versiyaning qoʻllanmalari, sozlamalari va API maʼlumotnomasi (ingliz tilida).'],
    schema: ['Sxema', 'Kod generatorlari uchun SDL.'],
    discovery: ['Aniqlash', 'Issuer URL soʻraydigan kutubxonalar uchun.'],
    keys: ['Ochiq kalitlar', 'Ular bilan kirish tokenlari tekshiriladi.'],
    revocations: [
      'Bekor qilingan seanslar',
      'Yakunlangan, ammo kirish tokenlari muddati tugamagan seanslar, imzolangan token koʻrinishida.',
    ],
    readiness: ['Tayyorlik', 'Xizmat soʻrovlarga xizmat koʻrsata oladimi; maʼlumotlar bazasining holati.'],
    liveness: ['Ishlayotgani', 'Jarayon ishlab turibdimi.'],
  },
  note: 'Bu sahifa faqat ishlab chiqishda koʻrsatiladi.',
};

export const START_WORDS: Record<Locale, Words> = { en, ru, uz };
