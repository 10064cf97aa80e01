import { describe, expect, it } from 'vitest';
import { benchSocket, ownSocket, ownSocketAddress, siteSocket, socketPortOf } from '../../electron/live/socket-addresses';

describe('where a realtime service is looked for', () => {
  it('is at the site’s own address first, over a WebSocket and then by long requests', () => {
    expect(siteSocket('https://erp.example.com/desk')).toEqual([
      { origin: 'https://erp.example.com', namespace: 'erp.example.com', transport: 'websocket' },
      { origin: 'https://erp.example.com', namespace: 'erp.example.com', transport: 'polling' },
    ]);
  });

  it('is at the port of a bench on the same host, never over a weaker scheme', () => {
    expect(benchSocket('http://site1.local:8000', 9000)[0]?.origin).toBe('http://site1.local:9000');
    expect(benchSocket('https://erp.example.com', 9000)[0]?.origin).toBe('https://erp.example.com:9000');
    expect(benchSocket('http://site1.local:9000', 9000)).toEqual([]);
  });

  it('is where somebody says, under the name that they give', () => {
    expect(ownSocket('https://erp.example.com', 'https://push.example.com:9443/site-1')[0]).toEqual({
      origin: 'https://push.example.com:9443',
      namespace: 'site-1',
      transport: 'websocket',
    });
    expect(ownSocket('https://erp.example.com', 'https://push.example.com')[0]?.namespace).toBe('erp.example.com');
  });

  it('takes an address without a scheme for one of the site’s, and nothing for the usual places', () => {
    expect(ownSocketAddress(' erp.example.com:9000/ ', 'https://erp.example.com')).toBe('https://erp.example.com:9000');
    expect(ownSocketAddress('  ', 'https://erp.example.com')).toBeNull();
  });

  it.each(['http://erp.example.com:9000', 'ftp://erp.example.com', 'https://me:secret@erp.example.com', 'https://'])(
    'refuses %s',
    (typed) => {
      expect(() => ownSocketAddress(typed, 'https://erp.example.com')).toThrow(expect.objectContaining({ code: 'bad-parameters' }));
    },
  );

  it('reads the port that the sign-in page tells', () => {
    expect(socketPortOf('window.dev_server = 1;\nwindow.socketio_port = 9007;')).toBe(9007);
    expect(socketPortOf('window.socketio_port = "99999";')).toBe(9000);
    expect(socketPortOf('')).toBe(9000);
  });
});
