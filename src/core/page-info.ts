import { Field, ObjectType } from 'type-graphql';
import { MAX_CURSOR_LENGTH, type Page } from './page.ts';
import { MaxBytes } from './response-size.ts';

@ObjectType('PageInfo', { description: 'Pagination details.' })
export class PageInfo {
  @Field(() => Boolean, {
    description: 'Whether there are more results after this page. In backward pagination: whether `before` was given.',
  })
  readonly hasNextPage: boolean;
  @Field(() => Boolean, {
    description: 'Whether there are more results before this page. In forward pagination: whether `after` was given.',
  })
  readonly hasPreviousPage: boolean;
  @MaxBytes(MAX_CURSOR_LENGTH)
  @Field(() => String, { nullable: true, description: 'Cursor of the first item. Pass it as `before`.' })
  readonly startCursor: string | null;
  @MaxBytes(MAX_CURSOR_LENGTH)
  @Field(() => String, { nullable: true, description: 'Cursor of the last item. Pass it as `after`.' })
  readonly endCursor: string | null;

  constructor({ isBackward, from }: Page, hasMore: boolean, cursors: readonly string[]) {
    const isContinued = from !== undefined;
    this.hasNextPage = isBackward ? isContinued : hasMore;
    this.hasPreviousPage = isBackward ? hasMore : isContinued;
    this.startCursor = cursors[0] ?? null;
    this.endCursor = cursors.at(-1) ?? null;
  }
}
