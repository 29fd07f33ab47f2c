import type { Measured } from './load.ts';

interface Options {
  work: () => Promise<unknown>;
  /** Concurrent calls. */
  inFlight: number;
  /** Milliseconds after which no new call starts. */
  duration: number;
}

/** Repeats the work in this process. */
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
