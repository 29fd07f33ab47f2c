import { isHttpUrl, parseUrl } from '../core/settings/urls.ts';
import type { Settings } from './settings.ts';

// The variables of OpenTelemetry's specification. While traces are off they are not checked, because platforms set them for
// all programs.

export interface TracesConfig {
  /** URL of the collector, with the path. */
  url: string;
  protocol: 'http/protobuf' | 'http/json';
  /** With the credentials of the collector. */
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  /** Attributes of the service. */
  resource: Readonly<Record<string, string>>;
  sampler: {
    kind: 'all' | 'none' | 'ratio';
    /** From 0 to 1. Only for the kind `ratio`. */
    ratio: number;
    /** Whether a trace is recorded if and only if the caller records it. */
    followsCaller: boolean;
  };
}

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

/** Which root spans are recorded, and whether a caller that has decided is followed. */
const SAMPLERS: Record<string, Pick<TracesConfig['sampler'], 'kind' | 'followsCaller'>> = {
  always_on: { kind: 'all', followsCaller: false },
  always_off: { kind: 'none', followsCaller: false },
  traceidratio: { kind: 'ratio', followsCaller: false },
  parentbased_always_on: { kind: 'all', followsCaller: true },
  parentbased_always_off: { kind: 'none', followsCaller: true },
  parentbased_traceidratio: { kind: 'ratio', followsCaller: true },
};

const isOn = (settings: Settings): boolean =>
  settings.OTEL_SDK_DISABLED?.toLowerCase() !== 'true' &&
  settings.OTEL_TRACES_EXPORTER !== 'none' &&
  (settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT) !== undefined;

/** Undefined: nothing is traced. @param settings without errors */
export function buildTraces(settings: Settings): TracesConfig | undefined {
  if (!isOn(settings)) return undefined;
  const { 'service.name': name, ...resource } = readPairs(settings.OTEL_RESOURCE_ATTRIBUTES) ?? {};
  const sampler = SAMPLERS[settings.OTEL_TRACES_SAMPLER ?? 'parentbased_always_on'];
  const protocol = PROTOCOLS.find((known) => known === protocolOf(settings));
  if (!sampler || !protocol) return undefined; // findTracesErrors has reported it.
  return {
    url: settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? appendPath(settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? ''),
    protocol,
    headers: readPairs(headersOf(settings)) ?? {},
    serviceName: settings.OTEL_SERVICE_NAME ?? name ?? 'latchkey',
    resource,
    sampler: { ...sampler, ratio: Number(settings.OTEL_TRACES_SAMPLER_ARG ?? 1) },
  };
}

export function findTracesErrors(settings: Settings): string[] {
  if (!isOn(settings)) return [];
  const check = (wrong: boolean, problem: string) => (wrong ? [problem] : []);
  const { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio, OTEL_TRACES_EXPORTER: exporter } = settings;
  const isUrl = (text: string | undefined) => text === undefined || isHttpUrl(parseUrl(text));
  return [
    ...['OTEL_EXPORTER_OTLP_ENDPOINT' as const, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' as const].flatMap((name) =>
      check(!isUrl(settings[name]), `${name} must be an http or https URL such as http://localhost:4318`),
    ),
    ...check(
      !PROTOCOLS.some((known) => known === protocolOf(settings)),
      'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or http/json: grpc is not supported; collectors receive HTTP on port 4318',
    ),
    ...check(exporter !== undefined && exporter !== 'otlp', 'OTEL_TRACES_EXPORTER must be otlp or none'),
    ...check(
      sampler !== undefined && !(sampler in SAMPLERS),
      `OTEL_TRACES_SAMPLER must be one of ${Object.keys(SAMPLERS).join(', ')}`,
    ),
    ...check(
      ratio !== undefined && !(/^[\d.]+(?:e-\d+)?$/i.test(ratio) && Number(ratio) <= 1),
      'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1',
    ),
    ...check(
      !readPairs(headersOf(settings)),
      'OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs, separated by commas',
    ),
    ...check(
      !readPairs(settings.OTEL_RESOURCE_ATTRIBUTES),
      'OTEL_RESOURCE_ATTRIBUTES must be name=value pairs, separated by commas',
    ),
  ];
}

const protocolOf = (settings: Settings): string =>
  settings.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? settings.OTEL_EXPORTER_OTLP_PROTOCOL ?? 'http/protobuf';

const headersOf = (settings: Settings): string | undefined =>
  settings.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? settings.OTEL_EXPORTER_OTLP_HEADERS;

/** The endpoint of all signals is a base: traces have a path of their own. */
const appendPath = (base: string): string => `${base.replace(/\/$/, '')}/v1/traces`;

/** `name=value,name=value` with percent-encoded values, as in W3C Baggage. Undefined if it is not. */
function readPairs(text = ''): Record<string, string> | undefined {
  const pairs: [string, string][] = [];
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [, name, value] = /^\s*([^\s=]+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined) return undefined;
    try {
      pairs.push([name, decodeURIComponent(value)]);
    } catch {
      return undefined;
    }
  }
  return Object.fromEntries(pairs);
}
