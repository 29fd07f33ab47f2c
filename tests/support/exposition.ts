import type { TestApp } from './app.ts';

export interface Sample {
  /** With _bucket, _sum or _count. */
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** A metric with its samples. */
export interface Family {
  name: string;
  type: string;
  help: string;
  samples: Sample[];
}

export interface Exposition {
  families: ReadonlyMap<string, Family>;
  samples: readonly Sample[];
  text: string;
  /** The value of the sample with exactly these labels; undefined if there is none. */
  value(name: string, labels?: Record<string, string>): number | undefined;
  /** All values that a label has. */
  labelValues(name: string, label: string): string[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
/** Prometheus reads NaN in any case; prom-client writes Nan. */
const VALUE = /^(?:[+-]?Inf|NaN|Nan|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`);
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const SUFFIXES: Record<string, readonly string[]> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

/** Parses Prometheus' text format 0.0.4. Throws at anything that it does not allow. */
export function parseExposition(text: string): Exposition {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current: Family | undefined;
  for (const line of text.split('\n')) {
    const [, keyword, name = '', rest = ''] = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`).exec(line) ?? [];
    if (line === '') continue;
    if (keyword === 'HELP') {
      if (families.has(name)) throw new Error(`${name} has two groups`);
      current = { name, help: rest, type: 'untyped', samples: [] };
      families.set(name, current);
    } else if (keyword === 'TYPE') {
      if (current?.name !== name || !(rest in SUFFIXES)) throw new Error(`not allowed: ${line}`);
      current.type = rest;
    } else {
      const sample = parseSample(line);
      const id = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (seen.has(id)) throw new Error(`twice: ${line}`);
      seen.add(id);
      const belongs = current && SUFFIXES[current.type]?.some((suffix) => sample.name === `${current?.name}${suffix}`);
      if (!current || !belongs) throw new Error(`in the wrong group: ${line}`);
      current.samples.push(sample);
    }
  }
  const samples = [...families.values()].flatMap((family) => family.samples);
  return {
    families,
    samples,
    text,
    value: (name, labels = {}) =>
      samples.find((sample) => sample.name === name && isEqual(sample.labels, labels))?.value,
    labelValues: (name, label) => [
      ...new Set(samples.flatMap((sample) => (sample.name === name ? (sample.labels[label] ?? []) : []))),
    ],
  };
}

function parseSample(line: string): Sample {
  const [, name = '', list = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (!name || !VALUE.test(value)) throw new Error(`not allowed: ${line}`);
  const labels: Record<string, string> = {};
  for (let rest = list; rest !== ''; ) {
    const [all = '', label = '', escaped = ''] = LABEL.exec(rest) ?? [];
    if (!all || label in labels) throw new Error(`not allowed: ${line}`);
    labels[label] = escaped.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character));
    rest = rest.slice(all.length);
  }
  return { name, labels, value: value.endsWith('Inf') ? Number(value.replace('Inf', 'Infinity')) : Number(value) };
}

const isEqual = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).length === Object.keys(other).length && Object.keys(one).every((key) => one[key] === other[key]);

/** Where the metrics of an app with METRICS_PORT are. */
export function metricsUrl({ app }: TestApp): string {
  if (!app.metricsServer) throw new Error('the app has no METRICS_PORT');
  return `http://127.0.0.1:${app.metricsServer.port}`;
}

/** Reads the metrics as Prometheus does. */
export async function scrape(app: TestApp): Promise<Exposition> {
  const response = await fetch(`${metricsUrl(app)}/metrics`);
  if (response.status !== 200) throw new Error(`the scrape failed with ${response.status}`);
  return parseExposition(await response.text());
}
