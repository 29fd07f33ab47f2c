import type { PGlite, QueryOptions, Transaction } from '@electric-sql/pglite';
import type postgres from 'postgres';
import { type SpanStart, type Tracer, traceCall } from '../../core/tracer.ts';
import { overlay } from './embedded-client.ts';
import { summarizeQuery } from './query-summary.ts';

const TRANSACTION: SpanStart = { name: 'TRANSACTION', kind: 'internal' };

/** Runs a statement in a span if it belongs to a request. Background work has no spans: it polls. */
function traceQuery<T>(tracer: Tracer, text: string, run: () => PromiseLike<T>): PromiseLike<T> {
  if (!tracer.isActive()) return run();
  const summary = summarizeQuery(text);
  const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': summary };
  return traceCall(tracer, { name: summary, kind: 'client', attributes }, run);
}

const traceTransaction = <T>(tracer: Tracer, run: () => Promise<T>): Promise<T> =>
  tracer.isActive() ? traceCall(tracer, TRANSACTION, (span) => tracer.within(span, run)) : run();

type Work = (transaction: postgres.TransactionSql) => Promise<unknown>;
type Nested = Partial<Record<'begin' | 'savepoint', (work: Work) => Promise<unknown>>>;

/** The part of a postgres.js client or transaction that Drizzle uses. */
export function traceQueries<Client extends postgres.ISql>(client: Client, tracer: Tracer): Client {
  const { begin, savepoint, ...rest } = client as Client & Nested;
  const unsafe = (text: string, parameters: never[]) => {
    const query = client.unsafe(text, parameters);
    return {
      // biome-ignore lint/suspicious/noThenProperty: a postgres.js query is a thenable that runs when it is awaited
      then: (...handlers: Parameters<Promise<unknown>['then']>) =>
        traceQuery<unknown>(tracer, text, () => query).then(...handlers),
      values: () => traceQuery(tracer, text, () => query.values()),
    };
  };
  const inside =
    (work: Work): Work =>
    (transaction) =>
      work(traceQueries(transaction, tracer));
  return {
    ...rest,
    unsafe,
    ...(begin && { begin: (work: Work) => traceTransaction(tracer, () => begin(inside(work))) }),
    ...(savepoint && { savepoint: (work: Work) => savepoint(inside(work)) }),
  } as unknown as Client; // Drizzle's PostgreSQL session calls nothing else.
}

/** The same for PGlite. */
export function traceEmbedded(client: PGlite, tracer: Tracer): PGlite {
  const traced = <Target extends PGlite | Transaction>(target: Target): Target => {
    const query: PGlite['query'] = async <T>(text: string, ...rest: [unknown[]?, QueryOptions?]) =>
      traceQuery(tracer, text, () => target.query<T>(text, ...rest));
    return overlay(target, { query } as Partial<Target>); // A generic target may narrow the method's type.
  };
  const transaction: PGlite['transaction'] = (work) =>
    traceTransaction(tracer, () => client.transaction((inner) => work(traced(inner))));
  return overlay(traced(client), { transaction });
}
