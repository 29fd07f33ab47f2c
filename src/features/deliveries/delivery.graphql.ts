import {
  Arg,
  Args,
  Ctx,
  createUnionType,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { NotRetriable } from '../../core/admin-problems.ts';
import { connectionOf } from '../../core/connection.ts';
import { PageArgs } from '../../core/page-arguments.ts';
import { isProblem, NotFound } from '../../core/problems.ts';
import type { RequestContext } from '../../core/request.ts';
import { DateTime } from '../../core/scalars.ts';
import { requireViewer } from '../../core/viewer.ts';
import type { Deliveries } from './deliveries.service.ts';
import { cursorOfDelivery, type DeliveryFilter as Filter } from './delivery.ts';
import { DeliveryChannel, DeliveryState, DeliveryType } from './delivery-type.ts';

@ObjectType('DeliveryConnection', { description: 'A page of deliveries, newest first.' })
class DeliveryConnection extends connectionOf(DeliveryType, {
  name: 'Delivery',
  one: 'delivery',
  many: 'deliveries',
}) {}

@InputType('DeliveryFilter', { description: 'Filters deliveries. All given conditions must match.' })
class DeliveryFilter implements Filter {
  @Field(() => DeliveryChannel, { nullable: true, description: 'How they are delivered.' })
  channel?: DeliveryChannel | null;
  @Field(() => DeliveryState, { nullable: true, description: 'What became of them.' })
  state?: DeliveryState | null;
  @Field(() => DateTime, { nullable: true, description: 'Written at this time or later.' })
  since?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Written before this time.' })
  until?: Date | null;
}

@ObjectType('DeliveryRetried', { description: 'The delivery is due again.' })
class DeliveryRetried {
  @Field(() => DeliveryType, { description: 'The delivery, which is waiting now.' })
  readonly delivery: DeliveryType;
  constructor(delivery: DeliveryType) {
    this.delivery = delivery;
  }
}

const RetryDeliveryResult = createUnionType({
  name: 'RetryDeliveryResult',
  description: 'Possible outcomes of retryDelivery.',
  types: () => [DeliveryRetried, NotFound, NotRetriable] as const,
});

@Resolver()
export class DeliveryResolver {
  constructor(private readonly service: Deliveries) {}

  @Allow('ADMIN')
  @Query(() => DeliveryConnection, {
    description:
      'Administrators only. Mail, text messages and webhooks, newest first, without their content. Sent ones are kept for a day (webhooks for three), others for thirty days. Messages that were cancelled are not listed.',
  })
  async deliveries(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => DeliveryFilter, { nullable: true, description: 'Filter.' }) filter: DeliveryFilter | null,
  ): Promise<DeliveryConnection> {
    const { rows, ...found } = await this.service.list({ ...page, filter });
    const nodes = rows.map((row) => new DeliveryType(row));
    return new DeliveryConnection({ ...found, nodes, cursors: rows.map(cursorOfDelivery) });
  }

  @Allow('ADMIN')
  @Mutation(() => RetryDeliveryResult, {
    description:
      'Administrators only. Retries a mail or a webhook that was given up. Text messages are sent at most once.',
  })
  async retryDelivery(
    @Arg('id', () => ID, { description: 'Delivery ID.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<typeof RetryDeliveryResult> {
    const { userId } = await requireViewer(context);
    const result = await this.service.retry(id, { actorId: userId, client: context.client });
    return isProblem(result) ? result : new DeliveryRetried(new DeliveryType(result));
  }
}
