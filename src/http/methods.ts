/** The methods that metrics and traces name. A client can send any other text. */
const NAMED = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);

/** @param other what stands for a method that is not named */
export const nameMethod = (method: string, other: string): string => (NAMED.has(method) ? method : other);
