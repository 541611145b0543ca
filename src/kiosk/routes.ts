import { ROUTE } from '../routes.ts';

export const KIOSK_ROUTE = { ...ROUTE, attract: 'attract', reader: 'reader' } as const;
