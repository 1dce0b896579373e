#!/usr/bin/env node
// Starts the midge that lies beside it: elsewhere than on Windows by the launcher, which finds Java and a start-up
// archive. It stays until midge ends, passes signals on, and ends as midge has ended.
'use strict';

const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const tty = require('tty');

const FLAGS = [
  '-Xlog:disable',
  '-XX:+DisplayVMOutputToStderr',
  '-XX:+SuppressFatalErrorMessage',
  '-XX:+UseSerialGC',
  '-XX:-UsePerfData',
];

function fail(text) {
  process.stderr.write(`midge: ${text}\n`);
  process.exit(1);
}

// Returns 17 for 17.0.2 and 8 for 1.8.0; NaN for a java that does not tell.
function versionOf(java) {
  let version;
  try {
    const release = fs.readFileSync(path.join(path.dirname(java), '..', 'release'), 'utf8');
    version = /^JAVA_VERSION="([^"]*)"/m.exec(release);
  } catch (e) {
    // Only a whole Java has that file beside it.
  }
  version = version || / version "([^"]*)"/.exec(spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr || '');
  return version ? parseInt(version[1].replace(/^1\./, ''), 10) : NaN;
}

function javaOnWindows() {
  const directories = (process.env.PATH || '').split(path.delimiter).filter(Boolean);
  if (process.env.JAVA_HOME) {
    directories.unshift(path.join(process.env.JAVA_HOME, 'bin'));
  }
  for (const directory of directories) {
    const java = path.join(directory, 'java.exe');
    if (fs.existsSync(java) && versionOf(java) >= 17) {
      return java;
    }
  }
  return fail('needs Java 17 or newer and finds none in JAVA_HOME or PATH.');
}

function command(words) {
  if (process.platform !== 'win32') {
    return ['/bin/sh', [path.join(__dirname, 'midge'), ...words]];
  }
  const heap = process.env.MIDGE_HEAP ? [`-Xmx${process.env.MIDGE_HEAP}`] : [];
  const jar = path.join(__dirname, '..', 'lib', 'midge.jar');
  return [javaOnWindows(), [...FLAGS, ...heap, '-cp', jar, 'dev.midge.Midge', ...words]];
}

// midge looks for the files of its user below HOME.
const environment = { ...process.env };
if (process.platform === 'win32' && !environment.HOME && environment.USERPROFILE) {
  environment.HOME = environment.USERPROFILE;
}
const child = spawn(...command(process.argv.slice(2)), { stdio: 'inherit', env: environment });

// A terminal sends Ctrl-C and Ctrl-\ to both.
const atTerminal = [0, 1, 2].some((descriptor) => tty.isatty(descriptor));
for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']) {
  try {
    process.on(signal, () => {
      if (!(atTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT'))) {
        child.kill(signal);
      }
    });
  } catch (e) {
    // The system has no such signal.
  }
}

child.on('error', (e) => fail(`cannot start: ${e.message}`));
child.on('exit', (status, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exit(status);
  }
});
