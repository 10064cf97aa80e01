import { z } from 'zod';

// zod's compiled mode needs eval, which the CSP forbids; merely trying it is reported as a violation. It is decided when
// a schema is made, so this module is imported before any other, in the window and in the worker.
z.config({ jitless: true });
