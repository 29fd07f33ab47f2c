import { monotonic, SECOND } from '../core/clock.ts';
import type { ImportCounts, ImportStep } from '../features/transfer/import.ts';

/** Milliseconds between two updates. */
const UPDATE_INTERVAL = 200;
const WIDTH = 24;

/** A progress bar on standard error, if it is a terminal. @param size bytes of the file, which is read once per step */
export function createProgress(size: number, screen: NodeJS.WriteStream = process.stderr) {
  let bytes = 0;
  let drawnAt = 0;
  let step: ImportStep | undefined;
  let startedAt = monotonic();

  function draw(counts: Readonly<ImportCounts>): void {
    const share = size === 0 ? 1 : Math.min(1, bytes / size);
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
    const seconds = (monotonic() - startedAt) / SECOND;
    const left = share > 0 && seconds > 1 ? `, ${Math.ceil((seconds * (1 - share)) / share)} s left` : '';
    const countsText = step === 'scanning' ? '' : `  ${counts.rows} accounts, ${counts.refused} rejected`;
    screen.write(`\r\x1b[K${step} ${bar} ${Math.floor(share * 100)} %${countsText}${left}`);
  }

  return {
    /** Passes the file on and counts its bytes. */
    async *count(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      bytes = 0;
      startedAt = monotonic();
      for await (const chunk of stream) {
        bytes += chunk.length;
        yield chunk;
      }
    },

    show(current: ImportStep, counts: Readonly<ImportCounts>): void {
      if (!screen.isTTY || (current === step && monotonic() - drawnAt < UPDATE_INTERVAL)) return;
      if (step !== undefined && current !== step) screen.write('\n');
      step = current;
      drawnAt = monotonic();
      draw(counts);
    },

    end(): void {
      if (step !== undefined) screen.write('\r\x1b[K');
      step = undefined;
    },
  };
}
