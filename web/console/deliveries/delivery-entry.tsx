import { Mail, MessageSquare, RotateCcw, Webhook } from 'lucide-react';
import type { ConsoleDeliveryFragment } from '../../generated/documents.ts';
import { useFormat } from '../../shared/format.ts';
import { useLocale } from '../../shared/locale.tsx';
import { Badge } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { plural } from '../../shared/words.ts';
import { Entry } from '../parts/entries.tsx';
import { Facts } from '../parts/facts.tsx';
import { Time } from '../parts/time.tsx';
import { messageName, useDeliveryWords } from './words.ts';

const ICONS = { MAIL: Mail, SMS: MessageSquare, WEBHOOK: Webhook } as const;
const LOOKS = { SENT: 'good', WAITING: 'plain', GIVEN_UP: 'bad', EXPIRED: 'plain' } as const;

export interface DeliveryEntryProps {
  readonly delivery: ConsoleDeliveryFragment;
  onRetry(): void;
}

export function DeliveryEntry({ delivery, onRetry }: DeliveryEntryProps) {
  const words = useDeliveryWords();
  const { locale } = useLocale();
  const format = useFormat();
  const { id, channel, kind, recipient, state, attempts, createdAt, nextAttemptAt, error } = delivery;
  const Icon = ICONS[channel];
  const name = messageName(words, kind);
  const isRetriable = state === 'GIVEN_UP' && channel !== 'SMS';
  return (
    <Entry
      main={
        <>
          <Icon aria-hidden size={18} />
          <span className="hidden">{words.channels[channel]}: </span>
          <span className="entry-name">{name}</span>
          <Badge look={LOOKS[state]}>{words.states[state]}</Badge>
        </>
      }
      side={
        <>
          <span className="entry-who">{recipient}</span>
          <Time at={createdAt} />
        </>
      }
      note={state !== 'SENT' && error}
      actions={
        isRetriable && (
          <Button onClick={onRetry} aria-label={`${words.retry}: ${name}, ${recipient}`}>
            <RotateCcw aria-hidden size={18} />
            {words.retry}
          </Button>
        )
      }
    >
      <Facts
        of={{
          [words.channel]: words.channels[channel],
          [words.recipient]: recipient,
          [words.state]: `${words.states[state]}, ${plural(locale, attempts, words.attempts)}`,
          [words.written]: format.time(createdAt),
          [words.nextAttempt]: nextAttemptAt && <Time at={nextAttemptAt} />,
          [words.error]: error,
          [words.id]: <code>{id}</code>,
        }}
      />
    </Entry>
  );
}
