import { describe, expect, test } from 'vitest';
import { loadErrors, loadOrFail, loadValid } from '../support/settings.ts';

describe('federation settings', () => {
  test('are off by default, and have no prefix', () => {
    expect(loadValid({}).federation).toBeUndefined();
    expect(loadValid({ FEDERATION: 'on' }).federation).toEqual({ prefix: '' });
    expect(loadValid({ FEDERATION: 'on', FEDERATION_PREFIX: 'Auth' }).federation).toEqual({ prefix: 'Auth' });
  });

  test.each(['auth', '1Auth', '_Auth', 'Auth-', 'Auth Type', `A${'a'.repeat(30)}`])(
    'refuse the prefix %j',
    (prefix) => {
      expect(loadErrors({ FEDERATION: 'on', FEDERATION_PREFIX: prefix })).toEqual([
        expect.stringMatching(/^FEDERATION_PREFIX must be up to 30 letters/),
      ]);
    },
  );

  test('warn of a prefix without federation', () => {
    const warnings = loadOrFail({ FEDERATION_PREFIX: 'Auth' }).warnings;
    expect(warnings).toEqual(['FEDERATION_PREFIX has no effect without FEDERATION=on']);
  });
});
