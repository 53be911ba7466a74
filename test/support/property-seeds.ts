/**
 * Where changes are judged, properties are held to the same examples each time, so that a change is not refused for what an
 * earlier one did; everywhere else they are new in each run.
 */
if (process.env.CI === 'true') {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 41 });
}
