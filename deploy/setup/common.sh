# Shared by the set-up steps: words for the person at the keyboard, stamps, and a log for when a step fails.
log=$root/build/setup.log

tell() { echo "· $*"; }

# stop WHAT-HAPPENED NEXT-STEP…
stop() {
  echo >&2
  echo "Set-up stopped: $1" >&2
  shift
  [ -s "$log" ] && say_likely_cause
  printf '  %s\n' "$@" >&2
  exit 1
}

# Runs a command with its output in the log only; returns its status.
quietly() {
  echo "\$ $*" >>"$log"
  "$@" >>"$log" 2>&1 </dev/null
}

# The last words of a failed step, so that nobody has to look for the log first.
show_log_end() {
  echo >&2
  tail -n 15 "$log" | sed 's/^/    /' >&2
}

# Says in plain words what the log of a failed step points to; nothing if it is none of the usual causes.
say_likely_cause() {
  local cause=""
  grep -qiE 'name resolution|could not resolve|EAI_AGAIN|ENOTFOUND|network is unreachable|timed out|ECONNREFUSED' "$log" &&
    cause="The network cannot be reached, or not the package registry in it."
  grep -qiE 'CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|unable to get local issuer|certificate verify failed' "$log" &&
    cause="The registry's certificate is not trusted here: set PIP_CERT and NODE_EXTRA_CA_CERTS to your own authority's file."
  grep -qiE 'no space left|ENOSPC' "$log" && cause="The disk is full: $(df -h --output=avail "$root" | tail -n 1 | tr -d ' ') left."
  grep -qiE 'permission denied|EACCES' "$log" && cause="Some files here belong to another user: sudo chown -R \$USER '$root'"
  [ -n "$cause" ] && echo "  $cause" >&2
  return 0
}

# Two set-ups at once (a test run beside a demo) would spoil each other's folders.
one_setup_at_a_time() {
  command -v flock >/dev/null || return 0
  exec 9>"$root/build/setup.lock"
  flock --nonblock 9 && return 0
  tell "Waiting for another set-up of this folder to finish."
  flock 9
}

hash_of() { cat "$@" | sha256sum | cut -c1-16; }

# stamp_is_good FILE HASH: true if the step was finished with these inputs, at this level or at "dev", which includes "run".
stamp_is_good() {
  local done_level="" done_hash=""
  [ -f "$1" ] && read -r done_level done_hash <"$1" || return 1
  [ "$done_hash" = "$2" ] && { [ "$done_level" = dev ] || [ "$done_level" = "$level" ]; }
}

write_stamp() { echo "$level $2" >"$1"; }
