import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { expect, it } from 'vitest';
import { Events } from '../../electron/events';
import { watchWaking } from '../../electron/host/power';
import { AskedQueue, wantsWindow } from '../../electron/system/asked-queue';
import { openedArguments } from '../../electron/system/opened-arguments';

it('waking is told once, whatever events the system makes of it', () => {
  const monitor = new EventEmitter();
  let woken = 0;
  let now = 0;
  watchWaking(
    monitor as unknown as PowerMonitor,
    () => (woken += 1),
    () => now,
  );
  monitor.emit('resume');
  now += 800;
  monitor.emit('unlock-screen');
  expect(woken).toBe(1);
  now += 60_000;
  monitor.emit('unlock-screen');
  expect(woken).toBe(2);
  // The clock of a device that slept may have been set back.
  now -= 3_600_000;
  monitor.emit('resume');
  expect(woken).toBe(3);
});

it('what is asked before the window is there waits for it, and is handed out once', () => {
  const events = new Events();
  const told: string[] = [];
  events.on((name) => void told.push(name));
  const queue = new AskedQueue(events);
  queue.push({ kind: 'no-link' });
  queue.push({ kind: 'place', place: 'settings' });
  expect(told).toEqual(['asked', 'asked']);
  expect(queue.take()).toEqual([{ kind: 'no-link' }, { kind: 'place', place: 'settings' }]);
  expect(queue.take()).toEqual([]);
  for (let at = 0; at < 100; at += 1) queue.push({ kind: 'new', doctype: `D${at}` });
  expect(queue.take()).toHaveLength(20);
});

it('a hidden window stays hidden for what needs none', () => {
  expect(wantsWindow({ kind: 'command', command: 'sync-now' })).toBe(false);
  expect(wantsWindow({ kind: 'command', command: 'print' })).toBe(true);
  expect(wantsWindow({ kind: 'place', place: 'home' })).toBe(true);
});

it('of the arguments of a start only links and files of unsent work are taken', () => {
  const link = 'fieldbook://open?site=https://erp.example.com&doctype=Item&name=A';
  const args = [
    '.',
    '--demo',
    '--data-folder=/x/y.fieldbook-work',
    'relative.fieldbook-work',
    '/x/photo.jpg',
    '/x/A.FIELDBOOK-WORK',
    link,
    'fieldbook:calc',
  ];
  expect(openedArguments(args)).toEqual([
    { workFile: '/x/A.FIELDBOOK-WORK' },
    {
      link: {
        kind: 'link',
        link: { site: 'https://erp.example.com', user: null, doctype: { name: 'Item' }, show: { at: 'document', name: 'A' } },
      },
    },
    { link: { kind: 'no-link' } },
  ]);
  expect(openedArguments(['file:///x/my%20work.fieldbook-work', 'file://host/x.fieldbook-work'])).toEqual([
    { workFile: '/x/my work.fieldbook-work' },
  ]);
});
