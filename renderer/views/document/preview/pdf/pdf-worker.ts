// Reads what strangers made. Its script is served with a policy of its own, by which it opens no connection (electron/renderer-files.ts).
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
