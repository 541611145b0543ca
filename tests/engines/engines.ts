import type { Engine } from './browser.ts';
import { launchFirefox } from './bidi.ts';
import { launchChromium } from './cdp.ts';
import { obtainChromium, obtainDebian, obtainNewestChromium } from './obtain.ts';
import { launchWebKitGtk, launchWpe } from './webkit.ts';

/** Old builds that crawlers once took along in npm packages: canaries, close to the release of that number. */
const PACKAGES: Readonly<Record<string, string>> = {
  'chromium-64': 'chrome-aws-lambda@64.0.3264',
  'chromium-65': 'chrome-aws-lambda@65.0.3312',
  'chromium-66': 'chrome-aws-lambda@66.0.3347',
  'chromium-67': 'chrome-aws-lambda@67.0.3372',
  'chromium-70': 'chrome-aws-lambda@1.7.0',
  'chromium-71': 'chrome-aws-lambda@1.9.0',
  'chromium-72': 'chrome-aws-lambda@1.11.0',
  'chromium-75': 'chrome-aws-lambda@1.14.0',
  'chromium-78': 'chrome-aws-lambda@1.20.4',
  'chromium-79': 'chrome-aws-lambda@2.0.0',
  'chromium-83': 'chrome-aws-lambda@3.1.1',
  'chromium-86': 'chrome-aws-lambda@5.3.1',
  'chromium-88': 'chrome-aws-lambda@5.5.0',
  'chromium-89': 'chrome-aws-lambda@6.0.0',
  'chromium-92': '@sparticuz/chromium@92.0.0',
  'chromium-106': '@sparticuz/chromium@106.0.2',
};
const OLD_FLAGS = ['--no-zygote', '--single-process'];
/** The release of this number has `\p{…}` in regular expressions; the canary, behind this flag. */
const FLAGS_OF: Readonly<Record<string, readonly string[]>> = {
  'chromium-64': ['--js-flags=--harmony-regexp-property'],
};

/** Every engine, the oldest first. */
export const ENGINES: readonly Engine[] = [
  ...(Object.entries(PACKAGES).map(([name, spec]) => ({
    name,
    async obtain() {
      const command = await obtainChromium(name, spec);
      return (size) => launchChromium(command, [...OLD_FLAGS, ...(FLAGS_OF[name] ?? [])], size);
    },
  })) satisfies Engine[]),
  {
    name: 'webkitgtk',
    obtain() {
      obtainDebian(
        '/usr/bin/WebKitWebDriver',
        'webkit2gtk-driver',
        'gir1.2-webkit2-4.1',
        'python3-gi',
        'xvfb',
      );
      return launchWebKitGtk;
    },
  },
  {
    name: 'wpe',
    obtain() {
      obtainDebian('/usr/bin/WPEWebDriver', 'wpewebkit-driver', 'cog', 'weston', 'xvfb');
      return launchWpe;
    },
  },
  {
    name: 'firefox',
    obtain() {
      const command = obtainDebian('/usr/bin/firefox-esr', 'firefox-esr');
      return (size) => launchFirefox(command, size);
    },
  },
  {
    name: 'chromium',
    async obtain() {
      const command = await obtainNewestChromium();
      return (size) => launchChromium(command, [], size);
    },
  },
];

/** What is run when nothing is named. */
export const USUAL = ['chromium-64', 'chromium-78', 'webkitgtk', 'firefox', 'chromium'];
