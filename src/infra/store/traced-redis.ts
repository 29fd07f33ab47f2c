import { type Tracer, traceCall } from '../../core/tracer.ts';
import type { Redis } from './redis-client.ts';

/** Commands that are part of a request. Keys and arguments, which are about users, are not in the spans. */
export function traceRedis(redis: Redis, tracer: Tracer): Redis {
  const traced = <T>(operation: string, command: () => Promise<T>): Promise<T> =>
    tracer.isActive()
      ? traceCall(
          tracer,
          {
            name: operation,
            kind: 'client',
            attributes: { 'db.system.name': 'redis', 'db.operation.name': operation },
          },
          command,
        )
      : command();
  return {
    ...redis,
    eval: (script, options) => traced('EVAL', () => redis.eval(script, options)),
    del: (key) => traced('DEL', () => redis.del(key)),
  };
}
