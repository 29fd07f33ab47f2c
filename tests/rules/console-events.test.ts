import { expect, test } from 'vitest';
import { VOCABULARY } from '../../src/features/audit/audit.ts';
import { isRefusal } from '../../web/shared/events/refusals.ts';
import en from '../../web/shared/events/words/en.ts';
import ru from '../../web/shared/events/words/ru.ts';
import uz from '../../web/shared/events/words/uz.ts';

const outcomes = Object.entries(VOCABULARY).flatMap(([kind, { recorded, counted }]) =>
  [...recorded, ...counted].map((outcome) => ({ kind, outcome, isCounted: counted.some((one) => one === outcome) })),
);
const listed = outcomes.map(({ kind, outcome }) => `${kind} ${outcome}`).sort();

test.each([{ en }, { ru }, { uz }])('the pages name every event and outcome: %o', (language) => {
  const [words] = Object.values(language);
  const named = Object.entries(words?.kinds ?? {}).flatMap(([kind, [, names]]) =>
    Object.keys(names).map((outcome) => `${kind} ${outcome}`),
  );
  expect(named.sort()).toEqual(listed);
});

test('the pages mark every counted outcome as a refusal, except the step between two factors', () => {
  const plain = outcomes.filter((event) => event.isCounted && !isRefusal(event));
  expect(plain.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(['sign-in second-factor-required']);
});
