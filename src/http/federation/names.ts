/** The types that subgraphs share by name. FEDERATION_PREFIX does not change them. */
const SHARED = ['User', 'PageInfo', 'Query', 'Mutation'];

/** The names of types and operations in the subgraph. */
export interface SubgraphNames {
  ofType(name: string): string;
  ofOperation(name: string): string;
}

/** @param prefix such as Auth, which makes Session AuthSession and health authHealth; '' changes nothing */
export const subgraphNames = (prefix: string): SubgraphNames => ({
  ofType: (name) => (SHARED.includes(name) ? name : prefix + name),
  ofOperation: (name) =>
    prefix === ''
      ? name
      : prefix.charAt(0).toLowerCase() + prefix.slice(1) + name.charAt(0).toUpperCase() + name.slice(1),
});
