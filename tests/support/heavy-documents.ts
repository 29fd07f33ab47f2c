/** The texts of all indices up to the count, separated by spaces. */
export const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** Documents that are rejected without being executed, each by what is too many in it. */
export const HEAVY_DOCUMENTS = {
  'more than 1000 tokens': `{ ${'hello '.repeat(1001)} }`,
  '5000 directives': `{ hello ${'@skip(if: false) '.repeat(5000)} }`,
  '25 directives': `{ node { ${'name @include(if: true) '.repeat(25)} } }`,
  '3000 repeated fields': `{ ${'hello '.repeat(3000)} }`,
  '900 repeated fields': `{ ${'hello '.repeat(900)} }`,
  '60 times 30 inline fragments': `{ ${repeat(60, () => `... { ${'... { hello } '.repeat(30)} }`)} }`,
  '200 fragments that spread the next twice': `{ ...f0 } ${repeat(200, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f200 on Query { hello }`,
  '90 fragments that spread the next twice': `{ ...f0 } ${repeat(90, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f90 on Query { hello }`,
  'six directives': `{ hello ${'@skip(if: false) '.repeat(6)} }`,
  'a doubling at every level': `{ ...f0 } fragment f0 on Query { node { ...f1 } } ${repeat(6, (i) => `fragment f${i + 1} on Node { ${repeat(4, (j) => `a${j}: node { ...f${i + 2} }`)} }`)} fragment f7 on Node { name }`,
  '25 aliases': `{ node { ${repeat(25, (i) => `a${i}: name`)} } }`,
  '11 fields at the root': `{ ${'hello '.repeat(11)} }`,
  '2000 operations': repeat(2000, (i) => `query q${i} { hello }`),
  '16 levels of introspection too many': `{ __schema { types { ${'ofType { '.repeat(20)} name ${'} '.repeat(20)} } } }`,
};
