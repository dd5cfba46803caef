/**
 * Stands in for the native module `@vscode/spdlog` in the packed VS Code server, which is installed without compiling
 * anything. Without it no log file is written and every output channel stays empty, so that a search for secrets in
 * the logs would pass on nothing. The exported names and their meaning are spdlog's; there is no rotation.
 */
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const INFO = 2;

class Logger {
  constructor(_type, _name, file) {
    this.level = INFO;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.file = fs.openSync(file, 'a');
  }
  put(level, text) {
    if (level < this.level || this.file === undefined) return;
    fs.writeSync(this.file, this.raw ? text : `${localTime()} [${LEVELS[level]}] ${text}\n`);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {
    if (this.file !== undefined) fs.closeSync(this.file);
    this.file = undefined;
  }
}
for (const [level, method] of ['trace', 'debug', 'info', 'warn', 'error', 'critical'].entries()) {
  Logger.prototype[method] = function write(text) {
    this.put(level, text);
  };
}

function localTime() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 23).replace('T', ' ');
}

const create = async (name, file) => new Logger('', name, file);

// One `exports.name =` each, so that import() sees the names too.
exports.version = 1;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
