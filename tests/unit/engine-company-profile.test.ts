import { describe, expect, it } from 'vitest';
import type { DemoSite } from '../../electron/demo/site';
import { changeCompanyProfile, readCompanyProfile, takeCompanyProfile } from '../../renderer/cache/company-profile';
import { readFilesOffline } from '../../renderer/cache/files-offline';
import { changeProfile, readProfile } from '../../renderer/cache/profile';
import { listProfileFiles, profileFileOf } from '../../renderer/sync/company-file';
import { parseProfileFile } from '@shared/profile/profile-file';
import { profileThere, removeFileThere } from '../support/profile-there';
import { syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';

const hour = 60 * 60_000;
const keep = (...doctypes: string[]): object => ({ keep: doctypes.map((doctype) => ({ doctype })) });
const kept = async ({ device }: Synced): Promise<string[]> => (await readProfile(device.cache)).map(({ doctype }) => doctype);

/** A device that follows a profile of the site. */
async function following(profile: object): Promise<Synced & { url: string }> {
  const synced = await syncedDevice({ profile: ['Currency'] });
  const { site, device } = synced;
  const url = await profileThere(site, profile);
  const { erp, files } = device.ports.bridge;
  const questions = { list: erp.list, text: files.text };
  const [listed] = await listProfileFiles(questions, device.account.id);
  if (listed === undefined) throw new Error('the profile is not listed');
  const found = await profileFileOf(questions, device.account.id, { ...listed, owner: '' }, 'interactive');
  if (found === null) throw new Error('the profile is not there');
  await takeCompanyProfile(device.cache, found.source, await found.read(), { now: device.time.now(), whole: true, tell: false });
  device.engine.handle({ kind: 'check-profile' });
  await device.settle();
  return { ...synced, url };
}

/** Another version of the file, at the same address. */
async function changeThere(site: DemoSite, url: string, profile: object | string): Promise<void> {
  removeFileThere(site, url);
  site.engine.disk.delete(url);
  expect(await profileThere(site, profile)).toBe(url);
}

const texts = ({ requests }: Synced): number => requests.filter(({ url }) => url.includes('/private/files/')).length;

describe("the company's profile on the site", () => {
  it('is followed: an update is taken within the hour, downloaded, and told', async () => {
    const synced = await following(keep('Customer'));
    const { site, device, url } = synced;
    await changeThere(site, url, { keep: [{ doctype: 'Customer', filters: [['disabled', '=', 0]] }, { doctype: 'Brand' }] });
    await device.pass(hour + 6 * 60_000);
    expect(await kept(synced)).toEqual(['Customer', 'Brand']);
    expect(device.engine.state.pulls['Brand']).toMatchObject({ state: 'done' });
    expect((await readCompanyProfile(device.cache))?.news).toMatchObject({ added: ['Brand'], changed: ['Customer'], removed: [] });
  });

  it('is read only when it changed, whatever is asked for how often', async () => {
    const synced = await following(keep('Customer'));
    const before = texts(synced);
    for (let times = 0; times < 3; times += 1) {
      synced.device.engine.handle({ kind: 'check-profile' });
      await synced.device.settle();
    }
    await synced.device.pass(3 * hour);
    expect(texts(synced)).toBe(before);
    expect((await readCompanyProfile(synced.device.cache))?.problem).toBeNull();
  });

  it('leaves what the person added and took out', async () => {
    const synced = await following(keep('Customer', 'Brand'));
    const { site, device, url } = synced;
    await changeProfile(device.cache, (now) => [...now.filter(({ doctype }) => doctype !== 'Brand'), { doctype: 'UOM', filters: [] }]);
    await changeThere(site, url, keep('Brand', 'Customer', 'Territory'));
    device.engine.handle({ kind: 'check-profile' });
    await device.settle();
    expect(await kept(synced)).toEqual(['Customer', 'Territory', 'UOM']);
  });

  it('that is gone, refused or broken changes nothing, says so, and is well again afterwards', async () => {
    const synced = await following(keep('Customer'));
    const { site, device, url } = synced;
    const look = async () => {
      device.engine.handle({ kind: 'check-profile' });
      await device.settle();
      return (await readCompanyProfile(device.cache))?.problem ?? null;
    };
    await changeThere(site, url, '{"format":"fieldbook-profile","version":1,"name":"x","keep":[{"doctype":7}]}');
    const broken = await look();
    expect(broken?.message).toContain('entry 1');
    expect(await kept(synced)).toEqual(['Customer']);

    await device.pass(hour);
    removeFileThere(site, url);
    expect(await look()).toEqual({ since: broken?.since, message: expect.stringContaining('not on the site any more') });
    expect(await kept(synced)).toEqual(['Customer']);

    site.engine.disk.delete(url);
    await profileThere(site, keep('Brand'));
    expect(await look()).toBeNull();
    expect(await kept(synced)).toEqual(['Brand']);
  });

  it('that is on a document that this user may not read is gone for them', async () => {
    const synced = await following(keep('Customer'));
    const { site, device } = synced;
    site.setRoles(device.account.user, ['Maintenance User']);
    for (const role of ['Maintenance User', 'All', 'Desk User']) site.setPermission('Customer', { role });
    device.engine.handle({ kind: 'check-profile' });
    await device.settle();
    expect((await readCompanyProfile(device.cache))?.problem).not.toBeNull();
    expect(await kept(synced)).toEqual(['Customer']);
  });

  it("is not taken from somebody else's file of the same name", async () => {
    const synced = await following(keep('Customer'));
    const { site, device } = synced;
    await profileThere(site, keep('Account'), { as: 'field@example.com' });
    device.engine.handle({ kind: 'check-profile' });
    await device.settle();
    expect(await kept(synced)).toEqual(['Customer']);
  });

  it('is looked at when the engine starts, and again with the next round where there was no connection', async () => {
    const synced = await following(keep('Customer'));
    const { site, device, url, network } = synced;
    await changeThere(site, url, keep('Brand'));
    network.now = (request) => (request.url.includes('/api/resource/File') ? { kind: 'offline' } : undefined);
    device.restart();
    await device.engine.start();
    await device.settle();
    expect(await kept(synced)).toEqual(['Customer']);
    expect((await readCompanyProfile(device.cache))?.problem).toBeNull();
    network.now = () => undefined;
    await device.pass(10 * 60_000);
    expect(await kept(synced)).toEqual(['Brand']);
  });

  it('brings its choice of attachments where the person made none', async () => {
    const { site, device, url } = await following(keep('Customer'));
    await changeThere(site, url, { ...keep('Customer'), attachments: { of: 'none', largestMb: 1 } });
    device.engine.handle({ kind: 'check-profile' });
    await device.settle();
    expect(await readFilesOffline(device.cache)).toEqual({ of: 'none', largestMb: 1 });
  });

  it('is not written back by a look that was under way when it was no longer followed', async () => {
    const { device } = await following(keep('Customer'));
    await device.cache.meta.delete('companyProfile');
    await changeCompanyProfile(device.cache, '/private/files/sales.fieldbook-profile.json', { checkedAt: 1 });
    expect(await readCompanyProfile(device.cache)).toBeNull();
  });

  it('tells of two updates at once when nobody looked in between', async () => {
    const { device } = await following(keep('Customer'));
    const source = { url: 'u', fileName: 'f', owner: 'o', version: '1' };
    const options = { now: 1, whole: false, tell: true };
    const file = (...names: string[]) =>
      parseProfileFile(JSON.stringify({ format: 'fieldbook-profile', version: 1, name: 'n', ...keep(...names) }));
    await takeCompanyProfile(device.cache, source, file('Customer', 'Brand'), options);
    await takeCompanyProfile(device.cache, source, file('Customer', 'Brand', 'UOM'), options);
    expect((await readCompanyProfile(device.cache))?.news?.added).toEqual(['Brand', 'UOM']);
  });
});
