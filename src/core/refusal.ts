/** An expected failure that the API does not show, unlike a `Problem`. `isProblem` tells both from values. */
export abstract class Refusal {
  abstract readonly reason: string;
  /** Only subclasses are refusals, not every object with a reason. */
  protected readonly isRefusal = true;
}
