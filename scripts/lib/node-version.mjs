// Imported first by every script: an old Node must get a sentence, not a syntax error from deeper files.
const parts = process.versions.node.split(".").map(Number);
const major = parts[0] ?? 0;
const minor = parts[1] ?? 0;
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Copane needs Node.js 20.19 or later; this is ${process.version}.\nInstall one from https://nodejs.org and try again.`,
  );
  process.exit(1);
}
