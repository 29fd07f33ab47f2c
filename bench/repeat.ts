import type { Measured } from './load.ts';

interface Options {
  work: () => Promise<unknown>;
  /** How many at once. */
  inFlight: number;
  /** Milliseconds after which nothing new is begun. */
  duration: number;
}

/** Does the same in this process again and again. */
export async function repeat({ work, inFlight, duration }: Options): Promise<Measured> {
  const latencies: number[] = [];
  const began = performance.now();
  const worker = async () => {
    while (performance.now() < began + duration) {
      const started = performance.now();
      await work();
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return { rate: (latencies.length / (performance.now() - began)) * 1000, latencies };
}
