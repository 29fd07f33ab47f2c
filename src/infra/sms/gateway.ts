import type { Clock } from '../../core/clock.ts';
import type { SecretsSentTo, SettingGroup, Settings, Values } from '../../core/settings/setting-group.ts';
import type { SmsSender } from './sms-sender.ts';

/** Everything the service knows about one SMS gateway. registry.ts lists them. */
export interface SmsGateway<S extends Settings = Settings> extends SettingGroup<S> {
  /** The value of SMS_PROVIDER. */
  readonly name: string;
  /** What the doctor suggests if the gateway does not work. */
  readonly advice: string;
  /** It sends only texts that it has approved before, so notices are off unless SMS_NOTICES turns them on. */
  readonly approvesTexts?: boolean;
  /** It writes the texts itself and sends codes, but no notices. */
  readonly codesOnly?: boolean;
  open(settings: Values<S>, dependencies: GatewayDependencies): SmsSender | Promise<SmsSender>;
}

export interface GatewayDependencies {
  clock: Clock;
  /** Milliseconds for one message. */
  deadline: number;
}

export interface ConfiguredGateway {
  readonly gateway: SmsGateway;
  readonly settings: Values<Settings>;
}

/** Infers the types of the settings. */
export const smsGateway = <S extends Settings>(gateway: SmsGateway<S> & SecretsSentTo<S>): SmsGateway => gateway;
