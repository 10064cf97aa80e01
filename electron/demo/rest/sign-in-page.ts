import type { Context } from '../engine/engine';
import { text } from '../engine/values';

/** The page at `/login`, of which only what it tells its scripts matters: Frappe's `get_boot_data`, with the formats of the site. */
export function signInPage({ store, clock, socketPort }: Context): Response {
  const settings = store.get('System Settings', 'System Settings');
  const boot = {
    lang: text(settings, 'language') || 'en',
    sysdefaults: {
      float_precision: Number(text(settings, 'float_precision')) || 3,
      date_format: text(settings, 'date_format') || 'yyyy-mm-dd',
      time_format: text(settings, 'time_format') || 'HH:mm:ss',
      first_day_of_the_week: 'Sunday',
      number_format: text(settings, 'number_format') || '#,###.##',
    },
    time_zone: { system: clock.timeZone, user: clock.timeZone },
  };
  const script = `window.frappe = {};\nwindow.dev_server = 0;\nwindow.socketio_port = ${socketPort};\nfrappe.boot = ${JSON.stringify(boot, null, 1)};\nfrappe.sys_defaults = frappe.boot.sysdefaults;`;
  return new Response(
    `<!DOCTYPE html>\n<html lang="en">\n<head><title>Login</title></head>\n<body>\n<script>\n${script}\n</script>\n</body>\n</html>\n`,
    {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    },
  );
}
