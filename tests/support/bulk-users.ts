import postgres from 'postgres';

const FIRST = [
  'Ada',
  'Bekzod',
  'Chiara',
  'Dilnoza',
  'Émile',
  'Farrukh',
  'Grace',
  'Hamid',
  'Irina',
  'Jamshid',
  'Kamola',
];
const LAST = ['Karimova', 'Lovelace', 'Müller', 'Nazarov', 'Okafor', 'Petrova', 'Qodirov', 'Rossi', 'Saidova'];
const DOMAINS = ['example.com', 'example.org', 'shop.example', 'mail.example', 'school.example'];
const COMPANIES = ['Silk Road Foods', 'Example GmbH', 'Tashkent Tools', ''];

const pick = (items: readonly string[], n: string) => `(array[${items.map((item) => `'${item}'`).join()}])[1 + ${n}]`;

/**
 * Inserts users 1 to `count`, a minute apart, the first one the oldest. Of a hundred, one is STAFF, two are deactivated, ten
 * are not verified; every tenth has a second factor, every 1000th is at rare.example, and every third never signed in.
 */
export async function insertBulkUsers(url: string, count: number): Promise<void> {
  const first = pick(FIRST, `n % ${FIRST.length}`);
  const last = pick(LAST, `(n / 7) % ${LAST.length}`);
  const domain = `case when n % 1000 = 0 then 'rare.example' else ${pick(DOMAINS, `n % ${DOMAINS.length}`)} end`;
  const ago = `now() - (${count} - n) * interval '1 min'`;
  const server = postgres(url, { max: 1, onnotice: () => {} });
  await server.unsafe(`insert into users (id, email, email_verified_at, phone, phone_verified_at, first_name, last_name, company_name,
      locale, is_active, roles, permissions, second_factor_required, last_login_at, created_at, updated_at)
    select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
      lower(translate(${first}, 'É', 'E')) || '.' || n || '@' || ${domain},
      case when n % 10 <> 3 then ${ago} end,
      case when n % 4 = 0 then '+99890' || lpad(n::text, 7, '0') end, case when n % 8 = 0 then ${ago} end,
      case when n % 9 <> 5 then ${first} end, case when n % 9 <> 5 then ${last} end,
      nullif(${pick(COMPANIES, `n % ${COMPANIES.length}`)}, ''), (array['en', 'ru', 'uz'])[1 + n % 3],
      n % 50 <> 9, case when n % 100 = 50 then array['STAFF'] else '{}' end,
      case when n % 20 = 4 then array['orders:read', 'orders:write'] else '{}' end, n % 10 = 0,
      case when n % 3 <> 0 then now() - (${count} - n) * interval '37 s' end, ${ago}, ${ago}
    from generate_series(1, ${count}) n`);
  await server.unsafe('analyze users');
  await server.end();
}
