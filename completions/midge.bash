# bash completion for midge; made from the option tables, do not edit.
_midge() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "pub sub rr conn broker lwt --help --version" -- "$word"))
    return
  fi
  local options
  case ${COMP_WORDS[1]} in
    pub)
      case $before in
        -t|--topic) return ;;
        -q|--qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        -m|--message) return ;;
        -f|--file) compopt -o default; return ;;
        --repeat) return ;;
        --repeat-delay) return ;;
        -h|--host) return ;;
        -p|--port) return ;;
        --unix) return ;;
        -A|--bind-address) return ;;
        --proxy) return ;;
        --cafile) compopt -o default; return ;;
        --capath) compopt -o default; return ;;
        --cert) compopt -o default; return ;;
        --key) compopt -o default; return ;;
        --ciphers) return ;;
        --tls-alpn) return ;;
        --tls-version) COMPREPLY=($(compgen -W "tlsv1.2 tlsv1.3" -- "$word")); return ;;
        --tls-keylog) compopt -o default; return ;;
        --psk) return ;;
        --psk-identity) return ;;
        --tls-engine) return ;;
        --tls-engine-kpass-sha1) return ;;
        --keyform) return ;;
        -u|--username) return ;;
        -P|--pw|--password) return ;;
        --pw-file) compopt -o default; return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        -i|--id) return ;;
        -I|--id-prefix) return ;;
        -k|--keepalive) return ;;
        -x|--session-expiry-interval) return ;;
        -M|--max-inflight) return ;;
        --connect-timeout) return ;;
        -D|--property) COMPREPLY=($(compgen -W "connect publish will subscribe unsubscribe disconnect" -- "$word")); return ;;
        --will-topic) return ;;
        --will-payload) return ;;
        --will-qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        -L|--url) return ;;
        --fault) COMPREPLY=($(compgen -W "close reset freeze kill will close@connected reset@connected freeze@connected kill@connected reset@after:1s reset@publish:1" -- "$word")); return ;;
        -o|--options-file) compopt -o default; return ;;
      esac
      options="-t --topic -q --qos -r --retain -m --message -f --file -s --stdin-file -n --null-message -l --stdin-line --repeat --repeat-delay -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --tls-keylog --psk --psk-identity --tls-engine --tls-engine-kpass-sha1 --keyform --tls-use-os-certs --insecure --no-tls -u --username -P --pw --password --ask-password --pw-file -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout -D --property --will-topic --will-payload --will-qos --will-retain -L --url --fault -d --debug --quiet -o --options-file --help --version" ;;
    sub)
      case $before in
        -t|--topic) return ;;
        -U|--unsubscribe) return ;;
        -q|--qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        -W|--timeout) return ;;
        -C|--count) return ;;
        -T|--filter-out) return ;;
        --retain-handling) COMPREPLY=($(compgen -W "always new never" -- "$word")); return ;;
        --random-filter) return ;;
        -F|--format) return ;;
        --color) return ;;
        -h|--host) return ;;
        -p|--port) return ;;
        --unix) return ;;
        -A|--bind-address) return ;;
        --proxy) return ;;
        --cafile) compopt -o default; return ;;
        --capath) compopt -o default; return ;;
        --cert) compopt -o default; return ;;
        --key) compopt -o default; return ;;
        --ciphers) return ;;
        --tls-alpn) return ;;
        --tls-version) COMPREPLY=($(compgen -W "tlsv1.2 tlsv1.3" -- "$word")); return ;;
        --tls-keylog) compopt -o default; return ;;
        --psk) return ;;
        --psk-identity) return ;;
        --tls-engine) return ;;
        --tls-engine-kpass-sha1) return ;;
        --keyform) return ;;
        -u|--username) return ;;
        -P|--pw|--password) return ;;
        --pw-file) compopt -o default; return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        -i|--id) return ;;
        -I|--id-prefix) return ;;
        -k|--keepalive) return ;;
        -x|--session-expiry-interval) return ;;
        -M|--max-inflight) return ;;
        --connect-timeout) return ;;
        -D|--property) COMPREPLY=($(compgen -W "connect publish will subscribe unsubscribe disconnect" -- "$word")); return ;;
        --will-topic) return ;;
        --will-payload) return ;;
        --will-qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        -L|--url) return ;;
        --fault) COMPREPLY=($(compgen -W "close reset freeze kill will close@connected reset@connected freeze@connected kill@connected reset@after:1s reset@publish:1" -- "$word")); return ;;
        -o|--options-file) compopt -o default; return ;;
      esac
      options="-t --topic -U --unsubscribe -q --qos -W --timeout -E --end-after-suback -C --count -T --filter-out --retained-only --remove-retained -R --ignore-retained --retain-as-published --retain-handling --random-filter -w --watch --message-rate -v --verbose -F --format --pretty -N --no-newline --json --time --color -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --tls-keylog --psk --psk-identity --tls-engine --tls-engine-kpass-sha1 --keyform --tls-use-os-certs --insecure --no-tls -u --username -P --pw --password --ask-password --pw-file -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout -D --property --will-topic --will-payload --will-qos --will-retain -L --url --fault -d --debug --quiet -o --options-file --help --version" ;;
    rr)
      case $before in
        -t|--topic) return ;;
        -e|--response-topic) return ;;
        -q|--qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        -W|--timeout) return ;;
        -m|--message) return ;;
        -f|--file) compopt -o default; return ;;
        --retain-handling) COMPREPLY=($(compgen -W "always new never" -- "$word")); return ;;
        -F|--format) return ;;
        --color) return ;;
        -h|--host) return ;;
        -p|--port) return ;;
        --unix) return ;;
        -A|--bind-address) return ;;
        --proxy) return ;;
        --cafile) compopt -o default; return ;;
        --capath) compopt -o default; return ;;
        --cert) compopt -o default; return ;;
        --key) compopt -o default; return ;;
        --ciphers) return ;;
        --tls-alpn) return ;;
        --tls-version) COMPREPLY=($(compgen -W "tlsv1.2 tlsv1.3" -- "$word")); return ;;
        --tls-keylog) compopt -o default; return ;;
        --psk) return ;;
        --psk-identity) return ;;
        --tls-engine) return ;;
        --tls-engine-kpass-sha1) return ;;
        --keyform) return ;;
        -u|--username) return ;;
        -P|--pw|--password) return ;;
        --pw-file) compopt -o default; return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        -i|--id) return ;;
        -I|--id-prefix) return ;;
        -k|--keepalive) return ;;
        -x|--session-expiry-interval) return ;;
        -M|--max-inflight) return ;;
        --connect-timeout) return ;;
        -D|--property) COMPREPLY=($(compgen -W "connect publish will subscribe unsubscribe disconnect" -- "$word")); return ;;
        --will-topic) return ;;
        --will-payload) return ;;
        --will-qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        -L|--url) return ;;
        --fault) COMPREPLY=($(compgen -W "close reset freeze kill will close@connected reset@connected freeze@connected kill@connected reset@after:1s reset@publish:1" -- "$word")); return ;;
        -o|--options-file) compopt -o default; return ;;
      esac
      options="-t --topic -e --response-topic -q --qos -W --timeout --latency -m --message -f --file -s --stdin-file -n --null-message -R --ignore-retained --retain-as-published --retain-handling -v --verbose -F --format --pretty -N --no-newline --json --time --color -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --tls-keylog --psk --psk-identity --tls-engine --tls-engine-kpass-sha1 --keyform --tls-use-os-certs --insecure --no-tls -u --username -P --pw --password --ask-password --pw-file -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout -D --property --will-topic --will-payload --will-qos --will-retain -L --url --fault -d --debug --quiet -o --options-file --help --version" ;;
    conn)
      case $before in
        -W|--timeout) return ;;
        -h|--host) return ;;
        -p|--port) return ;;
        --unix) return ;;
        -A|--bind-address) return ;;
        --proxy) return ;;
        --cafile) compopt -o default; return ;;
        --capath) compopt -o default; return ;;
        --cert) compopt -o default; return ;;
        --key) compopt -o default; return ;;
        --ciphers) return ;;
        --tls-alpn) return ;;
        --tls-version) COMPREPLY=($(compgen -W "tlsv1.2 tlsv1.3" -- "$word")); return ;;
        --tls-keylog) compopt -o default; return ;;
        --psk) return ;;
        --psk-identity) return ;;
        --tls-engine) return ;;
        --tls-engine-kpass-sha1) return ;;
        --keyform) return ;;
        -u|--username) return ;;
        -P|--pw|--password) return ;;
        --pw-file) compopt -o default; return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        -i|--id) return ;;
        -I|--id-prefix) return ;;
        -k|--keepalive) return ;;
        -x|--session-expiry-interval) return ;;
        -M|--max-inflight) return ;;
        --connect-timeout) return ;;
        -D|--property) COMPREPLY=($(compgen -W "connect publish will subscribe unsubscribe disconnect" -- "$word")); return ;;
        --will-topic) return ;;
        --will-payload) return ;;
        --will-qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        --fault) COMPREPLY=($(compgen -W "close reset freeze kill will close@connected reset@connected freeze@connected kill@connected reset@after:1s reset@publish:1" -- "$word")); return ;;
      esac
      options="-W --timeout --json -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --tls-keylog --psk --psk-identity --tls-engine --tls-engine-kpass-sha1 --keyform --tls-use-os-certs --insecure --no-tls -u --username -P --pw --password --ask-password --pw-file -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout -D --property --will-topic --will-payload --will-qos --will-retain --fault -d --debug --quiet --help --version" ;;
    broker)
      case $before in
        -p|--port) return ;;
        -c|--config-file) compopt -o default; return ;;
      esac
      options="-p --port -v --verbose -q --quiet -c --config-file --test-config -d --daemon -h --help --version" ;;
    lwt)
      case $before in
        -h|--host) return ;;
        -p|--port) return ;;
        --unix) return ;;
        -A|--bind-address) return ;;
        --proxy) return ;;
        --cafile) compopt -o default; return ;;
        --capath) compopt -o default; return ;;
        --cert) compopt -o default; return ;;
        --key) compopt -o default; return ;;
        --ciphers) return ;;
        --tls-alpn) return ;;
        --tls-version) COMPREPLY=($(compgen -W "tlsv1.2 tlsv1.3" -- "$word")); return ;;
        --tls-keylog) compopt -o default; return ;;
        --psk) return ;;
        --psk-identity) return ;;
        --tls-engine) return ;;
        --tls-engine-kpass-sha1) return ;;
        --keyform) return ;;
        -u|--username) return ;;
        -P|--pw|--password) return ;;
        --pw-file) compopt -o default; return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        --prefix) return ;;
        --color) return ;;
      esac
      options="-h --host -p --port --unix -A --bind-address --nodelay --ws --proxy --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --tls-keylog --psk --psk-identity --tls-engine --tls-engine-kpass-sha1 --keyform --tls-use-os-certs --insecure --no-tls -u --username -P --pw --password --ask-password --pw-file -V --protocol-version --prefix --json --quiet --color --help --version" ;;
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$options" -- "$word"))
}
complete -F _midge midge
