import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { badInput } from './bad-input.ts';

export const DateTime = new GraphQLScalarType<Date, string>({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'A point in time in UTC (RFC 3339), such as 2026-11-20T09:00:00.000Z.',
  serialize: (value) => (value as Date).toISOString(), // All our timestamps are Dates.
});

function requireObject(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw badInput('Expected a JSON object.');
}

/** Any object, as a variable or a literal. Operations check what it contains, so that clients get InvalidInput. */
export const JSONObject = new GraphQLScalarType<object, object>({
  name: 'JSONObject',
  description: 'A JSON object.',
  serialize: requireObject,
  parseValue: requireObject,
  parseLiteral: (node, variables) => requireObject(valueFromASTUntyped(node, variables)),
});
