import { expect, test } from 'vitest';
import { createCircuit } from '../../src/features/webhooks/circuit.ts';

function open() {
  let time = 0;
  const circuit = createCircuit({ most: 8, random: () => 0.5, now: () => time });
  const fail = (retryAfter?: number) => {
    const attempt = circuit.begin();
    time += 1;
    attempt.failed(retryAfter);
  };
  return { circuit, fail, pass: (milliseconds: number) => (time += milliseconds) };
}

test('a circuit begins with one delivery and doubles with each success, up to the most', () => {
  const { circuit } = open();
  const widths = Array.from({ length: 6 }, () => {
    const width = circuit.width();
    circuit.begin().succeeded();
    return width;
  });
  expect(widths).toEqual([1, 2, 4, 8, 8, 8]);
});

test('three failures in a row open it: one probe after 5 s, 10 s … up to 5 minutes, and a success closes it', () => {
  const { circuit, fail, pass } = open();
  fail();
  fail();
  expect([circuit.width(), circuit.isOpen()]).toEqual([1, false]);
  const pauses = Array.from({ length: 9 }, () => {
    fail();
    expect(circuit.isOpen()).toBe(true);
    let pause = 0;
    for (; circuit.width() === 0; pause += 1_000) pass(1_000);
    expect(circuit.width()).toBe(1);
    return pause / 1_000;
  });
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  circuit.begin().succeeded();
  expect([circuit.width(), circuit.isOpen()]).toEqual([2, false]);
});

test('a success between failures keeps it closed: one delivery may be at fault', () => {
  const { circuit, fail } = open();
  for (let round = 0; round < 10; round++) {
    fail();
    fail();
    circuit.begin().succeeded();
  }
  expect(circuit.isOpen()).toBe(false);
});

test('deliveries that were under way together count as one failure', () => {
  const { circuit, pass } = open();
  const attempts = Array.from({ length: 8 }, () => circuit.begin());
  pass(10);
  for (const attempt of attempts) attempt.failed();
  expect(circuit.isOpen()).toBe(false);
});

test('a time that the receiver names is waited for', () => {
  const { circuit, fail, pass } = open();
  fail(60_000);
  pass(59_000);
  expect(circuit.width()).toBe(0);
  pass(2_000);
  expect(circuit.width()).toBe(1);
});
