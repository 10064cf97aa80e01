import { z } from 'zod';

// The app runs under a CSP without eval; the tests use the same mode.
z.config({ jitless: true });
