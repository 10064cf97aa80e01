/** The names of every IPC channel of the app. */
export const ipcChannels = {
  toMain: 'fieldbook:to-main',
  toWindow: 'fieldbook:to-window',
  requestPort: 'fieldbook:request-port',
  port: 'fieldbook:port',
} as const;
