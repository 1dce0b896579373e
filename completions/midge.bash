# bash completion for midge; made from the option tables, do not edit.
_midge() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "pub sub conn broker lwt --help --version" -- "$word"))
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
        -h|--host) return ;;
        -p|--port) return ;;
        -A|--bind-address) return ;;
        -u|--username) return ;;
        -P|--pw) return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        -i|--id) return ;;
        -I|--id-prefix) return ;;
        -k|--keepalive) return ;;
        -x|--session-expiry-interval) return ;;
        -M|--max-inflight) return ;;
        -D|--property) COMPREPLY=($(compgen -W "connect publish will subscribe unsubscribe disconnect" -- "$word")); return ;;
        --will-topic) return ;;
        --will-payload) return ;;
        --will-qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        --fault) COMPREPLY=($(compgen -W "close reset freeze kill will close@connected reset@connected freeze@connected kill@connected reset@after:1s reset@publish:1" -- "$word")); return ;;
      esac
      options="-t --topic -q --qos -r --retain -m --message -f --file -s --stdin-file -n --null-message -l --stdin-line -h --host -p --port -A --bind-address -u --username -P --pw -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight -D --property --will-topic --will-payload --will-qos --will-retain --fault -d --debug --quiet --help --version" ;;
    sub)
      case $before in
        -t|--topic) return ;;
        -q|--qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        -C|--count) return ;;
        -W|--timeout) return ;;
        -F|--format) return ;;
        -h|--host) return ;;
        -p|--port) return ;;
        -A|--bind-address) return ;;
        -u|--username) return ;;
        -P|--pw) return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        -i|--id) return ;;
        -I|--id-prefix) return ;;
        -k|--keepalive) return ;;
        -x|--session-expiry-interval) return ;;
        -M|--max-inflight) return ;;
        -D|--property) COMPREPLY=($(compgen -W "connect publish will subscribe unsubscribe disconnect" -- "$word")); return ;;
        --will-topic) return ;;
        --will-payload) return ;;
        --will-qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        --fault) COMPREPLY=($(compgen -W "close reset freeze kill will close@connected reset@connected freeze@connected kill@connected reset@after:1s reset@publish:1" -- "$word")); return ;;
      esac
      options="-t --topic -q --qos -C --count -W --timeout -v --verbose -F --format --pretty -N --no-newline -h --host -p --port -A --bind-address -u --username -P --pw -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight -D --property --will-topic --will-payload --will-qos --will-retain --fault -d --debug --quiet --help --version" ;;
    conn)
      case $before in
        -W|--timeout) return ;;
        -h|--host) return ;;
        -p|--port) return ;;
        -A|--bind-address) return ;;
        -u|--username) return ;;
        -P|--pw) return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        -i|--id) return ;;
        -I|--id-prefix) return ;;
        -k|--keepalive) return ;;
        -x|--session-expiry-interval) return ;;
        -M|--max-inflight) return ;;
        -D|--property) COMPREPLY=($(compgen -W "connect publish will subscribe unsubscribe disconnect" -- "$word")); return ;;
        --will-topic) return ;;
        --will-payload) return ;;
        --will-qos) COMPREPLY=($(compgen -W "0 1 2" -- "$word")); return ;;
        --fault) COMPREPLY=($(compgen -W "close reset freeze kill will close@connected reset@connected freeze@connected kill@connected reset@after:1s reset@publish:1" -- "$word")); return ;;
      esac
      options="-W --timeout -h --host -p --port -A --bind-address -u --username -P --pw -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight -D --property --will-topic --will-payload --will-qos --will-retain --fault -d --debug --quiet --help --version" ;;
    broker)
      case $before in
        -p|--port) return ;;
      esac
      options="-p --port -v --verbose -q --quiet --help --version" ;;
    lwt)
      case $before in
        -h|--host) return ;;
        -p|--port) return ;;
        -A|--bind-address) return ;;
        -u|--username) return ;;
        -P|--pw) return ;;
        -V|--protocol-version) COMPREPLY=($(compgen -W "5 311 31" -- "$word")); return ;;
        --prefix) return ;;
      esac
      options="-h --host -p --port -A --bind-address -u --username -P --pw -V --protocol-version --prefix --json --quiet --help --version" ;;
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$options" -- "$word"))
}
complete -F _midge midge
