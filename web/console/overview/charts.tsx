import { type ReactNode, useState } from 'react';
import type { ConsoleStatisticsQuery } from '../../generated/documents.ts';
import { methodName, outcomeName, useEventWords } from '../../shared/events/words.ts';
import { useDeliveryWords } from '../deliveries/words.ts';
import { HourlyChart } from './chart/hourly-chart.tsx';
import { countsBy, largest, type Series } from './chart/series.ts';
import { SplitBy } from './chart/split-by.tsx';
import { useOverviewWords } from './words.ts';

type Statistics = ConsoleStatisticsQuery['statistics'];

const SIGN_INS = '/console/activity?last=24h&kind=sign-in';
const DELIVERIES = '/console/deliveries?last=24h';

/** Not a refusal: the user is on the way. */
const IN_BETWEEN = 'second-factor-required';

/** The last day. */
export function Charts(statistics: Statistics) {
  const { lastDay } = useOverviewWords();
  return (
    <section aria-label={lastDay} className="charts">
      <SignIns {...statistics} />
      <Failures {...statistics} />
      <SignUps {...statistics} />
      <Messages {...statistics} />
    </section>
  );
}

function SignIns({ hours, signIns }: Statistics) {
  const { signIns: words, ...others } = useOverviewWords();
  const events = useEventWords();
  const [split, setSplit] = useState<'outcome' | 'method'>('outcome');
  const refused = 'refused';
  const groups = countsBy(signIns, ({ outcome }) =>
    outcome === 'succeeded' || outcome === IN_BETWEEN ? outcome : refused,
  );
  const outcomes: Series[] = [
    { key: 'succeeded', name: words.succeeded, look: 'good', href: `${SIGN_INS}&outcome=succeeded` },
    { key: IN_BETWEEN, name: words.secondFactor, look: 'wait', href: `${SIGN_INS}&outcome=${IN_BETWEEN}` },
    { key: refused, name: words.refused, look: 'bad' },
  ].flatMap((one) => {
    const counts = groups.get(one.key);
    return counts ? [{ ...one, counts } as Series] : [];
  });
  const methods = largest(
    countsBy(signIns, ({ method }) => method ?? ''),
    {
      nameOf: (method) => (method ? methodName(events, method) : others.unknownMethod),
      rest: others.others,
    },
  );
  return (
    <HourlyChart
      words={words}
      hours={hours}
      series={split === 'outcome' ? outcomes : methods}
      controls={
        <SplitBy value={split} onChange={setSplit} options={{ outcome: others.byOutcome, method: others.byMethod }} />
      }
    />
  );
}

function Failures({ hours, signIns }: Statistics): ReactNode {
  const { failures: words, others } = useOverviewWords();
  const events = useEventWords();
  const refused = signIns.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== IN_BETWEEN);
  const series = largest(
    countsBy(refused, ({ outcome }) => outcome),
    {
      nameOf: (outcome) => outcomeName(events, 'sign-in', outcome),
      hrefOf: (outcome) => `${SIGN_INS}&outcome=${outcome}`,
      rest: others,
    },
  );
  return <HourlyChart words={words} hours={hours} series={series} />;
}

function SignUps({ hours, signUps }: Statistics) {
  const { signUps: words } = useOverviewWords();
  return (
    <HourlyChart
      words={words}
      hours={hours}
      series={[
        {
          key: 'sign-ups',
          name: words.name,
          look: 'a',
          counts: signUps,
          href: '/console/activity?last=24h&kind=sign-up&outcome=completed',
        },
      ]}
    />
  );
}

const STATES = [
  ['SENT', 'good'],
  ['WAITING', 'wait'],
  ['GIVEN_UP', 'bad'],
  ['EXPIRED', 'rest'],
] as const;
const CHANNELS = [
  ['MAIL', 'a'],
  ['SMS', 'b'],
  ['WEBHOOK', 'c'],
] as const;

function Messages({ hours, deliveries }: Statistics) {
  const { messages: words, byState, byChannel } = useOverviewWords();
  const { states, channels } = useDeliveryWords();
  const [split, setSplit] = useState<'state' | 'channel'>('state');
  const isByState = split === 'state';
  const groups = countsBy(deliveries, (one) => one[split]);
  const parts = isByState
    ? STATES.map(([key, look]) => ({ key, look, name: states[key] }))
    : CHANNELS.map(([key, look]) => ({ key, look, name: channels[key] }));
  const series = parts.flatMap((part): Series[] => {
    const counts = groups.get(part.key);
    return counts ? [{ ...part, counts, href: `${DELIVERIES}&${split}=${part.key}` }] : [];
  });
  return (
    <HourlyChart
      words={words}
      hours={hours}
      series={series}
      controls={<SplitBy value={split} onChange={setSplit} options={{ state: byState, channel: byChannel }} />}
    />
  );
}
