import { Field, ID, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../core/graphql-enum.ts';
import { DateTime } from '../../core/scalars.ts';

export const Channel = graphqlEnum('Channel', 'Delivery channel of a message.', {
  EMAIL: 'Email.',
  SMS: 'Text message.',
});
export type Channel = keyof typeof Channel;

@ObjectType('Challenge', {
  description:
    'A code or link is being sent; complete the flow with it. The response is the same for known and unknown addresses.',
})
export class Challenge {
  @Field(() => ID, { description: 'Challenge ID. Keep it and send it with the code.' })
  readonly id: string;
  @Field(() => Channel, { description: 'Delivery channel.' })
  readonly channel: Channel;
  @Field(() => String, { description: 'The recipient, masked: a•••@example.com, •••• 4567.' })
  readonly sentTo: string;
  @Field(() => Int, { description: 'Number of digits in the code; 0 if the message contains only a link.' })
  readonly codeLength: number;
  @Field(() => DateTime, { description: 'When the code expires. The link may be valid for longer.' })
  readonly expiresAt: Date;
  @Field(() => DateTime, { description: 'Earliest time at which another message can be requested.' })
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
