import { FieldProblem, InvalidInput } from './problems.ts';

/** The result of each field: its value or its problem. */
type Readings = Record<string, unknown>;

/** The values alone. */
export type Accepted<R extends Readings> = { [Field in keyof R]: Exclude<R[Field], FieldProblem | InvalidInput> };

/**
 * The values of an input, or one InvalidInput that names everything wrong with it: a form shows all its errors at once.
 * @param readings by name; each is a value, a FieldProblem, or an InvalidInput with several
 */
export function acceptInput<R extends Readings>(readings: R): Accepted<R> | InvalidInput {
  const problems = Object.values(readings).flatMap((reading) => {
    if (reading instanceof FieldProblem) return [reading];
    return reading instanceof InvalidInput ? reading.fields : [];
  });
  // Without problems every reading is a value.
  return problems.length > 0 ? new InvalidInput(problems) : (readings as Accepted<R>);
}
