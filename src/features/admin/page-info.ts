import { Field, ObjectType } from 'type-graphql';
import type { Page } from './page.ts';

@ObjectType('PageInfo', { description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, {
    description: 'Whether there is more behind it. Paging backward: whether `before` was given.',
  })
  readonly hasNextPage: boolean;
  @Field(() => Boolean, {
    description: 'Whether there is more in front of it. Paging forward: whether `after` was given.',
  })
  readonly hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: 'Of its first row: what `before` takes.' })
  readonly startCursor: string | null;
  @Field(() => String, { nullable: true, description: 'Of its last row: what `after` takes.' })
  readonly endCursor: string | null;

  constructor({ isBackward, from }: Page, hasMore: boolean, cursors: readonly string[]) {
    const isContinued = from !== undefined;
    this.hasNextPage = isBackward ? isContinued : hasMore;
    this.hasPreviousPage = isBackward ? hasMore : isContinued;
    this.startCursor = cursors[0] ?? null;
    this.endCursor = cursors.at(-1) ?? null;
  }
}
