import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow } from '../../core/access.ts';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { type Health as HealthService, isReady } from './health.service.ts';

const HealthStatus = graphqlEnum('HealthStatus', 'Whether a service is available.', {
  UP: 'Available.',
  DOWN: 'Unavailable.',
});
type HealthStatus = keyof typeof HealthStatus;

@ObjectType('Health', { description: 'Status of the server and its dependencies.' })
class Health {
  @Field(() => HealthStatus, {
    description:
      'DOWN if the database is down, is read-only or a standby, has no space for writes, or lacks migrations.',
  })
  status!: HealthStatus;
  @Field(() => String, { description: 'Version of this server.' })
  version!: string;
  @Field(() => HealthStatus, { description: 'PostgreSQL or the embedded database.' })
  database!: HealthStatus;
  @Field(() => HealthStatus, {
    description: 'Redis, if configured. While it is down, the database is used instead.',
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
  @Query(() => Health, { description: 'Status of the server, its database and its store.' })
  async health(): Promise<Health> {
    const { store, ...required } = await this.service.check();
    const word = (up: boolean): HealthStatus => (up ? 'UP' : 'DOWN');
    return {
      status: word(isReady(required)),
      version: this.version,
      database: word(required.database),
      store: word(store),
    };
  }
}
