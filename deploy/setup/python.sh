# Steps 2 and 3: the Python environment in .venv, and the packages in it at the versions of deploy/constraints.txt.

# Prints the first Python that is new enough and can make environments. PYTHON=… chooses one by hand.
find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
    candidate=$(PATH=${PATH//"$root/.venv/bin:"/} command -v "$candidate" 2>/dev/null) || continue
    "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    echo "$candidate"
    return 0
  done
  return 1
}

# Exists while something is being put into .venv. Left behind by a power cut or a kill, it says that .venv cannot be trusted:
# a package half written looks installed to pip.
python_busy=$root/build/python-busy

# A good environment starts, is new enough, has pip, and was made for this very folder (its programs hold the folder's path).
environment_is_good() {
  [ ! -e "$python_busy" ] || return 1
  .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
    head -n 2 .venv/bin/pip 2>/dev/null | grep -qF "$root/.venv/bin/python"
}

install_python_environment() {
  # A stamp and a starting Python are enough for the daily case; the closer look is for everything else.
  python_inputs=$(cat pyproject.toml deploy/constraints.txt <(echo "$root") | sha256sum | cut -c1-16)
  if stamp_is_good .venv/xinting-setup "$python_inputs" && .venv/bin/python -c '' 2>/dev/null && [ -x .venv/bin/xinting ]; then
    return 0
  fi
  environment_is_good && return 0
  rm -f .venv/xinting-setup
  local python
  python=$(find_python) || stop "No Python 3.11 or newer with the venv module was found." \
    "Install one:  apt-get install python3 python3-venv   or name one:  make run PYTHON=/path/to/python3"
  if [ -e .venv ]; then
    tell "Making the Python environment again: the one in .venv is broken, unfinished, or from another folder."
    rm -rf .venv
  else
    tell "Making a Python environment in .venv, so that nothing of the system's Python changes."
  fi
  touch "$python_busy"
  quietly "$python" -m venv .venv || { show_log_end; stop "The Python environment could not be made." \
    "On Debian:  apt-get install python3-venv   Then run the same command again."; }
}

install_python_packages() {
  stamp_is_good .venv/xinting-setup "$python_inputs" && [ -x .venv/bin/xinting ] && return 0
  local project=.
  [ "$level" = dev ] && project='.[dev]'
  tell "Installing Python packages into .venv, at the versions tested (deploy/constraints.txt)."
  rm -f .venv/xinting-setup
  touch "$python_busy"
  # The build tool first and without isolation: then nothing is fetched when nothing is missing.
  { pip_install setuptools && pip_install --no-build-isolation --editable "$project"; } || {
    rm -f "$python_busy" # pip gave up by itself and left what was there before
    show_log_end
    stop "Python packages could not be installed." "Behind a proxy or mirror: set it for pip (pip config)." \
      "Then run the same command again. All output: $log"
  }
  rm -f "$python_busy"
  write_stamp .venv/xinting-setup "$python_inputs"
}

pip_install() { quietly .venv/bin/python -m pip install --disable-pip-version-check --no-input --constraint deploy/constraints.txt "$@"; }
