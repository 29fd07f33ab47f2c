import { Arg, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { badInput } from '../../core/bad-input.ts';
import { BYTES, MaxBytes, MaxItems } from '../../core/response-size.ts';
import { DateTime } from '../../core/scalars.ts';
import type { DeliveryKind } from '../deliveries/delivery.ts';
import { DeliveryChannel, DeliveryState } from '../deliveries/delivery-type.ts';
import type { SignInKind, Statistics } from './statistics.service.ts';
import { MAX_HOURS, type Series } from './statistics.ts';

const DEFAULT_HOURS = 24;
/** More than there are of methods with their outcomes in use. */
const MAX_SIGN_INS = 100;
const MAX_DELIVERIES = Object.keys(DeliveryChannel).length * Object.keys(DeliveryState).length;

const COUNTS = 'One count for each hour, oldest first.';

@ObjectType('SignInCounts', { description: 'Sign-ins by one method and with one outcome.' })
class SignInCounts {
  @MaxBytes(BYTES.name)
  @Field(() => String, { nullable: true, description: 'As in audit events, such as password. Null if not known.' })
  readonly method: string | null;
  @MaxBytes(BYTES.name)
  @Field(() => String, { description: 'As in audit events: succeeded, or why it was refused.' })
  readonly outcome: string;
  @MaxItems(MAX_HOURS)
  @Field(() => [Int], { description: COUNTS })
  readonly counts: readonly number[];

  constructor({ key, counts }: Series<SignInKind>) {
    this.method = key.method;
    this.outcome = key.outcome;
    this.counts = counts;
  }
}

@ObjectType('DeliveryCounts', { description: 'Deliveries of one channel and state.' })
class DeliveryCounts {
  @Field(() => DeliveryChannel, { description: 'How they are delivered.' })
  readonly channel: DeliveryChannel;
  @Field(() => DeliveryState, { description: 'What has become of them so far.' })
  readonly state: DeliveryState;
  @Field(() => DateTime, {
    description:
      'Counts of earlier hours are 0, because deliveries in this state may have been deleted since: sent and expired messages are kept for a day, sent webhooks for three.',
  })
  readonly countedSince: Date;
  @MaxItems(MAX_HOURS)
  @Field(() => [Int], { description: `${COUNTS} By the time when they were written.` })
  readonly counts: readonly number[];

  constructor({ key, counts, countedSince }: Series<DeliveryKind> & { countedSince: Date }) {
    this.channel = key.channel;
    this.state = key.state;
    this.countedSince = countedSince;
    this.counts = counts;
  }
}

@ObjectType('Statistics', { description: 'Counts for each of the last hours (UTC), for charts.' })
class StatisticsType {
  constructor(
    private readonly hours: readonly Date[],
    private readonly statistics: Statistics,
  ) {}

  @MaxItems(MAX_HOURS)
  @Field(() => [DateTime], {
    name: 'hours',
    description: 'When each hour begins, oldest first. The last one is running.',
  })
  starts(): readonly Date[] {
    return this.hours;
  }

  @MaxItems(MAX_SIGN_INS)
  @Field(() => [SignInCounts], {
    description:
      'Sign-ins, also refused ones. Repeated refusals are counted in the hour of the first one of a window of ten minutes.',
  })
  async signIns(): Promise<SignInCounts[]> {
    const series = await this.statistics.signIns(this.hours);
    return series.slice(0, MAX_SIGN_INS).map((one) => new SignInCounts(one));
  }

  @MaxItems(MAX_HOURS)
  @Field(() => [Int], { description: `Accounts that users opened, without invited and imported ones. ${COUNTS}` })
  signUps(): Promise<number[]> {
    return this.statistics.signUps(this.hours);
  }

  @MaxItems(MAX_DELIVERIES)
  @Field(() => [DeliveryCounts], { description: 'Mail, text messages and webhooks. Cancelled ones are not counted.' })
  async deliveries(): Promise<DeliveryCounts[]> {
    return (await this.statistics.deliveries(this.hours)).map((one) => new DeliveryCounts(one));
  }
}

@Resolver()
export class StatisticsResolver {
  constructor(private readonly service: Statistics) {}

  @Allow('ADMIN')
  @Query(() => StatisticsType, {
    description:
      'Administrators only. Sign-ins, sign-ups and deliveries in each of the last hours. What can still change is at most 30 seconds old.',
  })
  statistics(
    @Arg('hours', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_HOURS,
      description: `How many hours, 1 to ${MAX_HOURS}.`,
    })
    given: number | null,
  ): StatisticsType {
    const hours = given ?? DEFAULT_HOURS;
    if (hours < 1 || hours > MAX_HOURS) throw badInput(`hours must be from 1 to ${MAX_HOURS}.`);
    return new StatisticsType(this.service.hours(hours), this.service);
  }
}
