/** Why a server that the service depends on cannot be used, for the operator. */
export interface Explanation {
  reason: string;
  remedy: string;
}
