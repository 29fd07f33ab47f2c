import { ArgsType, Field, Int } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, type PageArguments } from './page.ts';

/** The arguments of every connection. */
@ArgsType()
export class PageArgs implements PageArguments {
  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_PAGE_SIZE, description: 'Page size, 1 to 100.' })
  first!: number | null;
  @Field(() => String, { nullable: true, description: 'Returns what follows this cursor (an endCursor).' })
  after!: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Page size for backward pagination, 1 to 100, instead of `first`.',
  })
  last!: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'Returns what precedes this cursor (a startCursor). Used with `last`.',
  })
  before!: string | null;
}
