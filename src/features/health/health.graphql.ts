import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { graphqlEnum } from '../../core/problems.ts';
import type { Health as HealthService } from './health.service.ts';

const HealthStatus = graphqlEnum('HealthStatus', 'Whether it answers.', { UP: 'It answers.', DOWN: 'It does not.' });
type HealthStatus = keyof typeof HealthStatus;

@ObjectType('Health', { description: 'Whether the service and what it stands on answer.' })
class Health {
  @Field(() => HealthStatus, { description: 'DOWN when the database is down: then nothing can be served.' })
  status!: HealthStatus;
  @Field(() => String, { description: 'Of this service.' })
  version!: string;
  @Field(() => HealthStatus, { description: 'PostgreSQL or the embedded database.' })
  database!: HealthStatus;
  @Field(() => HealthStatus, {
    description: 'Redis, where it is configured. While it is down the database does its work.',
  })
  store!: HealthStatus;
}

@Resolver()
export class HealthResolver {
  constructor(
    private readonly service: HealthService,
    private readonly version: string,
  ) {}

  @Allow('PUBLIC')
  @Query(() => Health, { description: 'Is the service, its database and its store up?' })
  async health(): Promise<Health> {
    const { database, store, migrations } = await this.service.check();
    const word = (up: boolean): HealthStatus => (up ? 'UP' : 'DOWN');
    return {
      status: word(database && migrations),
      version: this.version,
      database: word(database),
      store: word(store),
    };
  }
}
