/** Whether a host name or address never leaves this machine: `localhost`, 127.0.0.0/8, `::1` (in brackets or not). */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
