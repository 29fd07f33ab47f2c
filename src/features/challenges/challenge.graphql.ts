import { Field, ID, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../core/problems.ts';
import { DateTime } from '../../core/scalars.ts';

export const Channel = graphqlEnum('Channel', 'How a message reaches a person.', {
  EMAIL: 'By email.',
  SMS: 'By text message.',
});
export type Channel = keyof typeof Channel;

@ObjectType('Challenge', {
  description: 'A message is on its way; the next step answers it. The same for known and unknown addresses.',
})
export class Challenge {
  @Field(() => ID, { description: 'Keep it: it is presented with the code.' })
  readonly id: string;
  @Field(() => Channel, { description: 'How the message travels.' })
  readonly channel: Channel;
  @Field(() => String, { description: 'Where it was sent, masked: a•••@example.com, •••• 4567.' })
  readonly sentTo: string;
  @Field(() => Int, { description: 'Digits of the code; 0 when the message holds only a link.' })
  readonly codeLength: number;
  @Field(() => DateTime, { description: 'The code is good until then; the link may be good for longer.' })
  readonly expiresAt: Date;
  @Field(() => DateTime, { description: 'Earliest time at which another message may be asked for.' })
  readonly resendAt: Date;

  constructor(sent: {
    id: string;
    channel: Channel;
    sentTo: string;
    codeLength: number;
    expiresAt: Date;
    resendAt: Date;
  }) {
    this.id = sent.id;
    this.channel = sent.channel;
    this.sentTo = sent.sentTo;
    this.codeLength = sent.codeLength;
    this.expiresAt = sent.expiresAt;
    this.resendAt = sent.resendAt;
  }
}
