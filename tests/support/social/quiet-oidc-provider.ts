// oidc-provider warns of settings that only tests use, and has no option for its log. Import this before it.

for (const method of ['info', 'warn'] as const) {
  const { [method]: write } = console;
  console[method] = (...values: unknown[]) => {
    if (!String(values[0]).startsWith('oidc-provider ')) write(...values);
  };
}
