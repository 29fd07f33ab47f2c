import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', {
  description: 'An object with an ID that is unique over all types, for node(id:) and for caches.',
})
export abstract class Node {
  @Field(() => ID, { description: 'Unique ID.' })
  readonly id!: string;
}
