/** A Forge that cannot start, as with a wrong setting. */
console.error('SLACK_COLOUR is missing');
process.exit(1);
