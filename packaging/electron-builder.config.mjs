import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = process.env;

/**
 * How the app is packaged. `app`: the folder that `scripts/package.mjs` laid out; `electron`: `{ version, folder }` of the Electron
 * around it. Signing is by electron-builder's own variables (CSC_LINK, CSC_KEY_PASSWORD, WIN_CSC_LINK, APPLE_ID …): without them a
 * package is made unsigned, and it says so.
 */
export function builderConfig({ app, output, electron }) {
  const major = Number.parseInt(electron.version);
  const files = [
    {
      ext: 'fieldbook-work',
      name: 'Fieldbook unsent work',
      description: 'Unsent work of Fieldbook, encrypted',
      mimeType: 'application/x-fieldbook-work',
      role: 'Viewer',
    },
  ];
  return {
    appId: 'org.fieldbook.Fieldbook',
    productName: 'Fieldbook',
    copyright: 'MIT licence',
    directories: { app, output, buildResources: join(root, 'packaging') },
    electronVersion: electron.version,
    ...(electron.folder ? { electronDist: electron.folder } : {}),
    // Everything is bundled: there is nothing to install, to compile or to look for in node_modules.
    beforeBuild: () => Promise.resolve(false),
    // An Electron that was unpacked before still has the app that it shows without another one.
    afterExtract: ({ appOutDir, electronPlatformName }) => {
      const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources';
      return rm(join(appOutDir, resources, 'default_app.asar'), { force: true });
    },
    asar: true,
    compression: 'normal',
    fileAssociations: files,
    protocols: [{ name: 'Fieldbook link', schemes: ['fieldbook'], role: 'Viewer' }],
    electronFuses: fuses(major),
    publish: env.FIELDBOOK_UPDATE_FEED ? [{ provider: 'generic', url: env.FIELDBOOK_UPDATE_FEED, channel: 'latest' }] : null,
    linux: {
      target: ['AppImage', 'deb', 'rpm'],
      executableName: 'fieldbook',
      icon: join(root, 'packaging/icons/linux'),
      category: 'Office',
      synopsis: 'An offline-first desktop client for ERPNext',
      maintainer: env.FIELDBOOK_MAINTAINER ?? 'Fieldbook <fieldbook@localhost>',
      desktop: { entry: { StartupWMClass: 'Fieldbook', Keywords: 'ERPNext;ERP;offline;' } },
    },
    deb: {
      depends: ['libgtk-3-0', 'libnotify4', 'libnss3', 'libxss1', 'libxtst6', 'xdg-utils', 'libatspi2.0-0', 'libuuid1', 'libsecret-1-0'],
    },
    mac: {
      target: ['dmg', 'zip'],
      icon: join(root, 'packaging/icons/fieldbook.icns'),
      category: 'public.app-category.business',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: join(root, 'packaging/entitlements.mac.plist'),
      entitlementsInherit: join(root, 'packaging/entitlements.mac.plist'),
      notarize: Boolean(env.APPLE_ID || env.APPLE_API_KEY),
      extendInfo: {
        NSCameraUsageDescription: 'Fieldbook takes the photos that you attach to a document.',
        CFBundleLocalizations: ['en'],
      },
    },
    win: { target: ['nsis'], icon: join(root, 'packaging/icons/fieldbook.ico'), verifyUpdateCodeSignature: true },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false },
    releaseInfo: existsSync(join(output, 'release-notes.md')) ? { releaseNotesFile: join(output, 'release-notes.md') } : {},
  };
}

/** What is switched off in the binary itself, so that nobody starts it as something else. */
function fuses(major) {
  return {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // The page is served by a scheme of our own: files need no more rights than elsewhere on the web. Older ones lack this fuse.
    ...(major >= 29 ? { grantFileProtocolExtraPrivileges: false } : {}),
    resetAdHocDarwinSignature: true,
  };
}
