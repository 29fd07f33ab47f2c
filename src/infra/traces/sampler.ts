import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../../config.ts';

/** Which traces are recorded: OTEL_TRACES_SAMPLER. */
export function createSampler({ kind, ratio, followsCaller }: TracesConfig['sampler']): Sampler {
  const root = createRoot(kind, ratio);
  return followsCaller ? new ParentBasedSampler({ root }) : root;
}

function createRoot(kind: TracesConfig['sampler']['kind'], ratio: number): Sampler {
  if (kind === 'ratio') return new TraceIdRatioBasedSampler(ratio);
  return kind === 'all' ? new AlwaysOnSampler() : new AlwaysOffSampler();
}
