import { createPrometheusMetrics } from '#server/metrics/prometheus.ts';
import { listenForScrapes } from '#server/metrics/listen.ts';
import { closeAfterTest, startRelay } from '../support/relay.ts';
import type { RelayOptions, RunningRelay } from '../support/relay.ts';

/** One line of the exposition that is no comment. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MeasuredRelay extends RunningRelay {
  /** `http://127.0.0.1:…/metrics` */
  readonly metricsUrl: string;
  readonly scrape: () => Promise<string>;
  /** The sum of the samples that have the name, without its prefix, and the labels. */
  readonly valueOf: (name: string, labels?: Record<string, string>) => Promise<number>;
}

/** A relay that is scraped over a socket, as `main.ts` puts the two together. */
export async function startMeasuredRelay(options: RelayOptions): Promise<MeasuredRelay> {
  const metrics = createPrometheusMetrics(options.clock ?? Date.now);
  const relay = await startRelay({ ...options, metrics });
  const { port, close } = await listenForScrapes({ host: '127.0.0.1', port: 0 }, metrics, relay.relay.state);
  closeAfterTest(close);
  const metricsUrl = `http://127.0.0.1:${port}/metrics`;
  const scrape = async () => (await fetch(metricsUrl)).text();
  return {
    ...relay,
    metricsUrl,
    scrape,
    async valueOf(name, labels = {}) {
      const isMeant = (sample: Sample) =>
        sample.name === `wecard_lookup_${name}` &&
        Object.entries(labels).every(([label, value]) => sample.labels[label] === value);
      return samplesIn(await scrape())
        .filter(isMeant)
        .reduce((sum, { value }) => sum + value, 0);
    },
  };
}

export function samplesIn(exposition: string): Sample[] {
  return exposition.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^([a-z_:]\w*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [
      label,
      text,
    ]);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
  });
}
