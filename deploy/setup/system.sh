# Step 1: Debian packages. Looks for the thing itself, not for the package, so other ways of installing it count too.

has_python() { find_python >/dev/null; }
has_voice() { command -v espeak-ng >/dev/null; }
has_chinese_font() { [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ]; }
has_page_layout() { compgen -G '/usr/lib/*/libpangoft2-1.0.so.0' >/dev/null && compgen -G '/usr/lib/*/libharfbuzz-subset.so.0' >/dev/null; }
has_browser() { [ -x /usr/bin/chromium ]; }
has_libatomic() { compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null; } # what drives the browser is linked to it

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
has_cups() { [ -x /usr/sbin/cupsd ] && command -v lp >/dev/null; }
has_redis() { command -v redis-server >/dev/null; }

install_system_packages() {
  local packages=() reasons=()
  has_python || { packages+=(python3 python3-venv); reasons+=("Python"); }
  has_voice || { packages+=(espeak-ng); reasons+=("the voice"); }
  has_chinese_font || { packages+=(fonts-noto-cjk); reasons+=("Chinese letters on paper and screens"); }
  has_page_layout || { packages+=(libpangoft2-1.0-0 libharfbuzz-subset0); reasons+=("reports as PDF"); }
  if [ "$level" = dev ]; then
    has_browser || { packages+=(chromium); reasons+=("a browser for the tests"); }
    has_postgresql || { packages+=(postgresql); reasons+=("a database for the tests"); }
    has_redis || { packages+=(redis-server); reasons+=("a message queue for the tests"); }
    has_cups || { packages+=(cups); reasons+=("a print server for the tests"); }
    has_libatomic || { packages+=(libatomic1); reasons+=("what drives the browser"); }
  fi
  [ "${#packages[@]}" -eq 0 ] && return 0

  local wanted="${packages[*]}"
  local why
  why=$(printf ', %s' "${reasons[@]}")
  command -v apt-get >/dev/null || stop "This is not a Debian system, so $wanted cannot be installed by itself." \
    "Install these with the system's own means, then run the same command again."
  local as_root=()
  become_root "$wanted"
  tell "Installing from Debian: $wanted (${why:2}). Takes about half a minute."
  apt_install "${packages[@]}" || { show_log_end; stop "apt-get could not install: $wanted" \
    "Does 'apt-get update' work? Then run the same command again. All output: $log"; }
}

# Sets as_root to what must stand before apt-get. Asks for a password only where somebody can type one.
become_root() {
  [ "$(id -u)" -eq 0 ] && return 0
  if command -v sudo >/dev/null; then
    as_root=(sudo)
    sudo -n true 2>/dev/null && return 0
    [ -t 0 ] && [ -z "${CI:-}" ] && sudo -v && return 0
  fi
  stop "Installing packages needs an administrator." \
    "Ask one to run:  apt-get update && apt-get install --no-install-recommends $1" "Then run the same command again."
}

apt_install() {
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive dpkg --configure -a || true # mends an installation broken off earlier
  quietly "${apt[@]}" update || tell "The package lists could not be renewed; trying with the lists that are here."
  quietly "${apt[@]}" install -y --no-install-recommends "$@"
}
