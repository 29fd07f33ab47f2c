import { monotonic, SECOND } from '../core/clock.ts';
import type { ImportCounts, ImportStep } from '../features/transfer/import.service.ts';

/** Milliseconds between two pictures. */
const PAUSE = 200;
const WIDTH = 24;

/** A bar on a terminal, on standard error; elsewhere nothing. @param size bytes of the file, which is read once a step */
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
    const figures = step === 'looking through' ? '' : `  ${counts.rows} accounts, ${counts.refused} refused`;
    screen.write(`\r\x1b[K${step} ${bar} ${Math.floor(share * 100)} %${figures}${left}`);
  }

  return {
    /** Passes the file on and notes how far it has come. */
    async *count(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      bytes = 0;
      startedAt = monotonic();
      for await (const chunk of stream) {
        bytes += chunk.length;
        yield chunk;
      }
    },

    show(present: ImportStep, counts: Readonly<ImportCounts>): void {
      if (!screen.isTTY || (present === step && monotonic() - drawnAt < PAUSE)) return;
      if (step !== undefined && present !== step) screen.write('\n');
      step = present;
      drawnAt = monotonic();
      draw(counts);
    },

    end(): void {
      if (step !== undefined) screen.write('\r\x1b[K');
      step = undefined;
    },
  };
}
