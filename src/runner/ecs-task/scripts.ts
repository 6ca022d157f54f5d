/** Containers of the task definition: one fetches the code and ends, the other runs what the code says. */
export const FETCH = 'fetch';
export const CHECK = 'check';

/** Exit codes of `CHECK_SCRIPT` for what happened around the command. */
export const CODE = { noCheckout: 240, installFailed: 241, installTimedOut: 242, timedOut: 243 } as const;

/** So long, in seconds, a container may keep the next one waiting: AWS takes at most 120 (ContainerDefinition, startTimeout). */
const FETCH_SECONDS = 110;

/** Said by `timeout` of what it ended. */
export const FETCH_TIMED_OUT = 124;

const FOLDERS = 'mkdir -p "$FORGE_ROOT/work" "$FORGE_ROOT/home" "$FORGE_ROOT/tmp"';

/**
 * Puts exactly one commit into a folder that the next container finds. Git is told the secret it needs by its environment, so
 * that it is gone with this container. Nothing of the repository runs: its hooks are not fetched, its filters have no command.
 */
export const FETCH_SCRIPT = `set -eu
${FOLDERS}
cd "$FORGE_ROOT/work"
export HOME="$FORGE_ROOT/home"
git init --quiet --template= .
timeout ${FETCH_SECONDS} git fetch --quiet --depth=1 --no-tags --no-write-fetch-head --end-of-options "$FORGE_URL" "$FORGE_COMMIT"
git checkout --quiet --detach "$FORGE_COMMIT"
test "$(git rev-parse HEAD)" = "$FORGE_COMMIT"`;

/** In its place where there is nothing to fetch. */
export const NO_FETCH_SCRIPT = `set -eu
${FOLDERS}`;

/**
 * Installs and runs the command, each with an environment that holds nothing but the usual and within its time, and then says the
 * end of what it printed: a flood stays in the task. What an installation prints is shown where it fails.
 */
export const CHECK_SCRIPT = `cd "$FORGE_ROOT/work" || exit ${CODE.noCheckout}
printed="$FORGE_ROOT/printed"
limited() {
  began=$(date +%s)
  env -i PATH="$PATH" HOME="$FORGE_ROOT/home" TMPDIR="$FORGE_ROOT/tmp" USER=runner LOGNAME=runner SHELL=/bin/sh LANG=C.UTF-8 \\
    TERM=dumb CI=true npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false \\
    timeout -k 5 "$1" /bin/sh -c "$2" >"$printed" 2>&1 </dev/null
  code=$?
  is_late=no
  if [ "$code" -ne 0 ] && [ $(($(date +%s) - began)) -ge "$1" ]; then is_late=yes; fi
}
finish() {
  part=whole
  if [ "$(wc -c <"$printed")" -gt "$FORGE_LIMIT" ]; then part=cut; fi
  tail -c "$FORGE_LIMIT" "$printed"
  printf '\\n%s %s\\n' "$FORGE_END" "$part"
  exit "$1"
}
if [ -n "$FORGE_INSTALL" ]; then
  limited "$FORGE_INSTALL_SECONDS" "$FORGE_INSTALL"
  if [ "$is_late" = yes ]; then finish ${CODE.installTimedOut}; fi
  if [ "$code" -ne 0 ]; then finish ${CODE.installFailed}; fi
fi
limited "$FORGE_SECONDS" "$FORGE_COMMAND"
if [ "$is_late" = yes ]; then finish ${CODE.timedOut}; fi
case "$code" in ${Object.values(CODE).join('|')}) code=1 ;; esac
finish "$code"`;

/** Runs the probe of `inside/probe.mjs` in the place of a command. */
export const PROBE_SCRIPT = `node --input-type=module -e "$FORGE_PROBE"
code=$?
printf '\\n%s whole\\n' "$FORGE_END"
exit "$code"`;
