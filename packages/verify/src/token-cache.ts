/** Remembers a limited number of values, those that were used recently. */
export interface TokenCache<Value> {
  get(token: string): Value | undefined;
  set(token: string, value: Value): void;
  clear(): void;
}

/** Two generations: when the newer one is full, the older one is forgotten. */
export function createTokenCache<Value>(size: number): TokenCache<Value> {
  let newer = new Map<string, Value>();
  let older = new Map<string, Value>();
  function set(token: string, value: Value): void {
    if (size === 0) return;
    if (newer.size >= size / 2) {
      older = newer;
      newer = new Map();
    }
    newer.set(token, value);
  }
  return {
    set,
    get(token) {
      const recent = newer.get(token);
      if (recent !== undefined) return recent;
      const value = older.get(token);
      if (value !== undefined) set(token, value);
      return value;
    },
    clear() {
      newer = new Map();
      older = new Map();
    },
  };
}
