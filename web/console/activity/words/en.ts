/** Words of the audit log. */
export interface ActivityWords {
  about: string;
  empty: string;
  emptyFilter: string;
  kind: string;
  anyKind: string;
  outcome: string;
  anyOutcome: string;
  user: string;
  actor: string;
  userHint: string;
  /** `{name}` is replaced. */
  removeUser: string;
  noSuchUser: string;
  chooseUser: string;
  deletedUser: string;
  /** `{actor}` is replaced. */
  by: string;
  count: string;
  first: string;
  time: string;
  last: string;
  method: string;
  reason: string;
  session: string;
  ipAddress: string;
  requestId: string;
  id: string;
  /** As in docs/audit.md and in the log. */
  inLog: string;
  yes: string;
  no: string;
  /** Details by the names that the service gives them. */
  facts: Readonly<Record<string, string>>;
  ofUser: string;
  ofActor: string;
  ofKind: string;
  permalink: string;
  one: { title: string; all: string; missing: string };
}

const words: ActivityWords = {
  about:
    'The audit log: sign-ins, changes and refusals, newest first. Refusals of one kind from one network within ten minutes are one entry with their number.',
  empty: 'Nothing has been recorded yet.',
  emptyFilter: 'No event matches these filters.',
  kind: 'Event',
  anyKind: 'All events',
  outcome: 'Outcome',
  anyOutcome: 'All outcomes',
  user: 'User',
  actor: 'By administrator',
  userHint: 'Email, phone, name or ID',
  removeUser: 'Remove filter: {name}',
  noSuchUser: 'No such user.',
  chooseUser: 'Choose one:',
  deletedUser: 'Deleted user',
  by: 'by {actor}',
  count: 'How often',
  first: 'First time',
  time: 'Time',
  last: 'Last time',
  method: 'Method',
  reason: 'Reason',
  session: 'Session',
  ipAddress: 'IP address',
  requestId: 'Request ID',
  id: 'Event ID',
  inLog: 'In the log',
  yes: 'Yes',
  no: 'No',
  facts: {
    newDevice: 'New device',
    secondFactor: 'Second factor',
    provider: 'Provider',
    reason: 'Cause',
    challenge: 'Challenge',
    country: 'Country',
    range: 'Number range',
    left: 'Codes left',
    kind: 'Message',
    channel: 'Channel',
    identity: 'Identity',
    kid: 'Key ID',
    alg: 'Algorithm',
    cause: 'Cause',
    operation: 'Operation',
    invited: 'Invited',
    roles: 'Roles',
    changed: 'Changed fields',
    sessions: 'Sessions',
    removed: 'Removed',
    delivery: 'Delivery',
    deliveries: 'Deliveries',
    format: 'Format',
    accounts: 'Accounts',
    withHashes: 'With password hashes',
  },
  ofUser: 'Events of this user',
  ofActor: 'Events of this administrator',
  ofKind: 'Events like this',
  permalink: 'Copy link',
  one: {
    title: 'Event',
    all: 'Show all events',
    missing: 'There is no such event. Events are deleted after the time set with AUDIT_RETENTION.',
  },
};
export default words;
