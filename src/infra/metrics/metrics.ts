import type { CounterName, GaugeName, HistogramName, Labels } from './metric-table.ts';

/** What the service reports about itself. */
export interface Metrics {
  /** @param by 0 shows the counter before anything is counted */
  count<Name extends CounterName>(name: Name, labels: Labels<Name>, by?: number): void;
  observe<Name extends HistogramName>(name: Name, labels: Labels<Name>, seconds: number): void;
  /** Reads values whenever they are asked for. Those of a source that fails or takes too long are left out. */
  read(source: Source): void;
}

export type Source = () => readonly Reading[] | Promise<readonly Reading[]>;

/** A value as it is now. Of a counter: the sum since the start of the process. */
export interface Reading {
  readonly name: GaugeName | CounterName;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Checks the labels of a reading. */
export const reading = <Name extends GaugeName | CounterName>(
  name: Name,
  labels: Labels<Name>,
  value: number,
): Reading => ({ name, labels, value });
