import { runAuditLog } from '#server/audit/commands.ts';
import type { Fleet } from './fleet.ts';
import type { Recorded } from './history.ts';

interface Exported {
  readonly time: string;
  readonly event: string;
  readonly outcome: string;
  readonly request?: string;
}

/** Reads the audit folders as an operator does: what `verify` has against them, and every record by request. */
export async function readAuditLogs({ relays, auditKey }: Pick<Fleet, 'relays' | 'auditKey'>) {
  const records = new Map<string, Recorded[]>();
  const logProblems: string[] = [];
  for (const [relay, { auditDir }] of relays.entries()) {
    const ask = async (...args: string[]) => {
      let output = '';
      const code = await runAuditLog(args, {
        env: { AUDIT_DIR: auditDir, AUDIT_KEY: auditKey },
        out: (text) => (output += text),
        err: (text) => (output += text),
        readInput: () => Promise.resolve(''),
      });
      return { code, output };
    };
    const verified = await ask('verify');
    if (verified.code !== 0) logProblems.push(`the log of relay ${relay + 1}: ${verified.output.trim()}`);
    const { output } = await ask('export');
    for (const line of output.split('\n').filter((text) => text.startsWith('{'))) {
      const { time, event, outcome, request } = JSON.parse(line) as Exported;
      if (request === undefined) continue;
      records.set(request, [
        ...(records.get(request) ?? []),
        { relay, at: Date.parse(time), event, outcome },
      ]);
    }
  }
  return { records, logProblems };
}
