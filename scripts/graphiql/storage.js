// What GraphiQL remembers, without tokens and headers: its history would store the headers of each request.

const PREFIX = 'graphiql:';
const TABS = `${PREFIX}tabState`;
/** Tabs, history and favourites. */
const WITH_HEADERS = ['tabState', 'queries', 'favorites'].map((name) => PREFIX + name);
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;

function withoutSecrets(key, text) {
  const cleaned = text.replace(JWT, '');
  if (!WITH_HEADERS.includes(key)) return cleaned;
  return JSON.stringify(JSON.parse(cleaned, (name, value) => (name === 'headers' ? null : value)));
}

/** localStorage, or a replacement for as long as the page is open. */
function openStorage() {
  try {
    localStorage.getItem(TABS);
    return localStorage;
  } catch {
    const entries = new Map();
    return {
      getItem: (key) => entries.get(key) ?? null,
      setItem: (key, value) => entries.set(key, value),
      removeItem: (key) => entries.delete(key),
      key: (index) => [...entries.keys()][index] ?? null,
      get length() {
        return entries.size;
      },
    };
  }
}

/** Opens the tabs at the first visit; later visits find those of the last one. */
export function createStorage(tabs) {
  const storage = openStorage();
  const keys = () => Array.from({ length: storage.length }, (_, index) => storage.key(index));
  const ownKeys = () => keys().filter((key) => key.startsWith(PREFIX));
  const own = {
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => {
      if (key === `${PREFIX}headers`) storage.removeItem(key);
      else storage.setItem(key, withoutSecrets(key, value));
    },
    removeItem: (key) => storage.removeItem(key),
    clear: () => {
      for (const key of ownKeys()) storage.removeItem(key);
    },
    get length() {
      return ownKeys().length;
    },
  };
  // An earlier version may have stored some.
  for (const key of ownKeys()) own.setItem(key, storage.getItem(key));
  if (own.getItem(TABS) === null) openTabs(own, tabs);
  return own;
}

function openTabs(storage, tabs) {
  const state = tabs.map(({ name, query, variables }, index) => ({
    id: `example-${index}`,
    title: name,
    query,
    variables,
    headers: null,
    operationName: null,
    response: null,
  }));
  storage.setItem(TABS, JSON.stringify({ activeTabIndex: 0, tabs: state }));
  storage.setItem(`${PREFIX}query`, state[0].query);
  storage.setItem(`${PREFIX}variables`, state[0].variables);
}
