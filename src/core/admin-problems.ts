import { ObjectType } from 'type-graphql';
import { Problem } from './problems.ts';

@ObjectType('LastAdministrator', {
  implements: Problem,
  description: 'This account is the only administrator: make another user an administrator first.',
})
export class LastAdministrator extends Problem {
  readonly kind = 'LastAdministrator';
}

@ObjectType('OwnAccount', {
  implements: Problem,
  description:
    'Administrators cannot do this to their own account, to avoid locking themselves out. Another administrator can.',
})
export class OwnAccount extends Problem {
  readonly kind = 'OwnAccount';
}

@ObjectType('NotRetriable', {
  implements: Problem,
  description:
    'The delivery has expired, was sent, or is still waiting. Or it is a text message, which is sent at most once.',
})
export class NotRetriable extends Problem {
  readonly kind = 'NotRetriable';
}

/** Features add the changed object as a field: this folder knows no accounts. */
export class ChangedMeanwhile extends Problem {
  readonly kind = 'UserChanged';
}
