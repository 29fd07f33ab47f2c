import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';

export const DateTime = new GraphQLScalarType<Date, string>({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'A point in time in UTC (RFC 3339), such as 2026-11-20T09:00:00.000Z.',
  serialize: (value) => (value as Date).toISOString(), // All our timestamps are Dates.
});
