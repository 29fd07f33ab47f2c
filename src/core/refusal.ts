/** An expected failure that the API does not show, unlike a `Problem`. `isProblem` tells both from values. */
export abstract class Refusal {
  /** Only subclasses are refusals, not every object of their shape. */
  protected readonly isRefusal = true;
}
