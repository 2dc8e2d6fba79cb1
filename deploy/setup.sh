#!/usr/bin/env bash
# Brings a bare Debian 12 machine to where `make run` (setup.sh run) or `make test` (setup.sh dev) can start.
#
# Each step installs only what is missing. A finished step leaves a stamp *inside* what it made (.venv, node_modules, vendor),
# holding the hash of its inputs: deleting or breaking the thing takes the stamp along, and the next run makes it again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
export PATH=$root/.venv/bin:$PATH # node lives there where the machine has none
level=${1:-run}
. deploy/setup/common.sh
. deploy/setup/system.sh
. deploy/setup/python.sh
. deploy/setup/screens.sh

case $level in run | dev) ;; *) stop "Unknown set-up '$level'." "Use: deploy/setup.sh run   or   deploy/setup.sh dev" ;; esac
mkdir -p build 2>/dev/null && [ -w build ] || {
  stop "Cannot write to $root/build." "Work as the user who owns this folder, or make it yours:  sudo chown -R \$USER '$root'"
}
one_setup_at_a_time
: >"$log"
trap 'echo >&2; echo "Set-up was interrupted. Run the same command again: it goes on from here." >&2; exit 130' INT TERM

install_system_packages
install_python_environment
install_python_packages
install_screen_packages
copy_browser_files
