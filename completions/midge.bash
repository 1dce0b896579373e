# bash completion for midge; made from the option tables, do not edit.

_midge_commands='pub sub rr conn lwt proxy broker ctl passwd context help examples doctor version'
_midge_control='clients client kick blackout fault faults clear retained sessions will pause resume wait log stop help'
_midge_topics='environment faults formats properties statuses tls'
_midge_context='add ls use edit rm show'

_midge_options() {
  case $1 in
    pub) printf %s '-t --topic -q --qos -r --retain -m --message -f --file -s --stdin-file -n --null-message -l --stdin-line -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy -u --username -P --pw --password --ask-password --pw-file --pw-command -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout --engine --disconnect-reason -D --property --will-topic --will-payload --will-qos --will-retain -L --url --strict --repeat --repeat-delay --fault --then --fault-seed --fault-log -d --debug --quiet -o --options-file --help --version --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --keyform --tls-use-os-certs --insecure --no-tls --psk --psk-identity --tls-keylog --tls-engine --tls-engine-kpass-sha1 --from-json --replay --speed --filter --to-topic --topic-from-line -0 --null --frame --template --topic-template --size --seed --rate --decode --encode --retry --retry-delay --retry-max --clients --connect-rate --context' ;;
    sub) printf %s '-t --topic -U --unsubscribe -q --qos -W --timeout -E --end-after-suback --strict -C --count -T --filter-out --match --retained-only --remove-retained --dry-run --exec --jobs --exec-timeout -v --verbose -F --format --pretty -N --no-newline -0 --null --frame --json --time -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy -u --username -P --pw --password --ask-password --pw-file --pw-command -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout --engine --disconnect-reason -D --property --will-topic --will-payload --will-qos --will-retain -L --url -R --ignore-retained --retain-as-published --retain-handling --random-filter -w --watch --message-rate --fault --then --fault-seed --fault-log -d --debug --quiet --decode --diff --schema -o --options-file --help --version --expect --none --within --retained --barrier-topic --retained-idle --ready-file --ready-fd --retry --retry-delay --retry-max --color --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --keyform --tls-use-os-certs --insecure --no-tls --psk --psk-identity --tls-keylog --tls-engine --tls-engine-kpass-sha1 --context' ;;
    rr) printf %s '-t --topic -e --response-topic -q --qos -W --timeout --latency -m --message -f --file -s --stdin-file -n --null-message --strict --serve --echo --reply -C --count --exec --jobs --exec-timeout -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy -u --username -P --pw --password --ask-password --pw-file --pw-command -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout --engine --disconnect-reason -D --property --will-topic --will-payload --will-qos --will-retain -L --url --ready-file --ready-fd --retry --retry-delay --retry-max -v --verbose -F --format --pretty -N --no-newline -0 --null --frame --json --time -R --ignore-retained --retain-as-published --retain-handling --fault --then --fault-seed --fault-log -d --debug --quiet --encode --decode -o --options-file --help --version --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --keyform --tls-use-os-certs --insecure --no-tls --psk --psk-identity --tls-keylog --tls-engine --tls-engine-kpass-sha1 --color --context' ;;
    conn) printf %s '-W --timeout --json -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy -u --username -P --pw --password --ask-password --pw-file --pw-command -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout --engine --disconnect-reason -D --property --will-topic --will-payload --will-qos --will-retain -L --url --ready-file --ready-fd --retry --retry-delay --retry-max --fault --then --fault-seed --fault-log -d --debug --quiet --count --connect-rate -v --verbose --help --version --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --keyform --tls-use-os-certs --insecure --no-tls --psk --psk-identity --tls-keylog --tls-engine --tls-engine-kpass-sha1 --context' ;;
    lwt) printf %s '-h --host -p --port --unix -A --bind-address --nodelay --ws --proxy -u --username -P --pw --password --ask-password --pw-file --pw-command -V --protocol-version -L --url --connect-timeout --engine --list --only --skip --proxy-faults --times --patience --strict --prefix --against --json --tap --junit --report --quiet --color --help --version --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --keyform --tls-use-os-certs --insecure --no-tls --psk --psk-identity --tls-keylog --tls-engine --tls-engine-kpass-sha1 --context' ;;
    proxy) printf %s '-p --port --bind --listen-cert --listen-key --json -q --quiet --pcap --color --to --fault --fault-seed --fault-log --control --no-control --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --keyform --tls-use-os-certs --insecure --no-tls --psk --psk-identity --tls-keylog --tls-engine --tls-engine-kpass-sha1 -h --help --version' ;;
    broker) printf %s '-p --port -v --verbose -q --quiet -c --config-file --test-config -d --daemon --bind --ws --unix --max-packet-size --max-keepalive --persistence --cert --key --cafile --require-certificate --tls-test --user --password-file --acl --color --control --no-control --fault --fault-seed --fault-log -h --help --version' ;;
    ctl) printf %s '-f --follow --json -p --port --control --help --version' ;;
    passwd) printf %s '-b --batch -c --create -D --delete -H --hash -I --iterations -U --update -h --help --version' ;;
    context) printf %s '--replace --store-password --none --json -h --host -p --port --unix -A --bind-address --nodelay --ws --proxy -u --username -P --pw --password --ask-password --pw-file --pw-command -V --protocol-version -i --id -I --id-prefix -k --keepalive -c --disable-clean-session -x --session-expiry-interval -M --max-inflight --connect-timeout --engine --disconnect-reason -L --url --cafile --capath --cert --key --ciphers --tls-alpn --tls-version --keyform --tls-use-os-certs --insecure --no-tls --psk --psk-identity --tls-keylog --tls-engine --tls-engine-kpass-sha1 --help --version' ;;
    help) printf %s '--color --help --version' ;;
    examples) printf %s '--color --help --version' ;;
    doctor) printf %s '--json --color --help --version' ;;
    version) printf %s '--all --json --color --help --version' ;;
  esac
}

# What a command's option takes, and which words if they are known.
_midge_takes() {
  takes= offers=
  case $1 in
    'pub -t' | 'pub --topic' | 'pub -m' | 'pub --message' | 'pub -h' | 'pub --host' | 'pub -p' | 'pub --port' | 'pub -A' | 'pub --bind-address' | 'pub -u' | 'pub --username' | 'pub -P' | 'pub --pw' | 'pub --password' | 'pub --pw-command' | 'pub -i' | 'pub --id' | 'pub -I' | 'pub --id-prefix' | 'pub -k' | 'pub --keepalive' | 'pub -x' | 'pub --session-expiry-interval' | 'pub -M' | 'pub --max-inflight' | 'pub --connect-timeout' | 'pub --engine' | 'pub --disconnect-reason' | 'pub --will-topic' | 'pub --will-payload' | 'pub --repeat' | 'pub --repeat-delay' | 'pub --fault-seed' | 'pub --ciphers' | 'pub --tls-alpn' | 'pub --psk' | 'pub --psk-identity' | 'pub --tls-engine' | 'pub --tls-engine-kpass-sha1' | 'pub --speed' | 'pub --filter' | 'pub --to-topic' | 'pub --topic-from-line' | 'pub --template' | 'pub --topic-template' | 'pub --size' | 'pub --seed' | 'pub --rate' | 'pub --retry' | 'pub --retry-delay' | 'pub --retry-max' | 'pub --clients' | 'pub --connect-rate' | 'sub -t' | 'sub --topic' | 'sub -U' | 'sub --unsubscribe' | 'sub -W' | 'sub --timeout' | 'sub -C' | 'sub --count' | 'sub -T' | 'sub --filter-out' | 'sub --match' | 'sub --exec' | 'sub --jobs' | 'sub --exec-timeout' | 'sub -F' | 'sub --format' | 'sub -h' | 'sub --host' | 'sub -p' | 'sub --port' | 'sub -A' | 'sub --bind-address' | 'sub -u' | 'sub --username' | 'sub -P' | 'sub --pw' | 'sub --password' | 'sub --pw-command' | 'sub -i' | 'sub --id' | 'sub -I' | 'sub --id-prefix' | 'sub -k' | 'sub --keepalive' | 'sub -x' | 'sub --session-expiry-interval' | 'sub -M' | 'sub --max-inflight' | 'sub --connect-timeout' | 'sub --engine' | 'sub --disconnect-reason' | 'sub --will-topic' | 'sub --will-payload' | 'sub --random-filter' | 'sub --fault-seed' | 'sub --expect' | 'sub --within' | 'sub --barrier-topic' | 'sub --retained-idle' | 'sub --ready-fd' | 'sub --retry' | 'sub --retry-delay' | 'sub --retry-max' | 'sub --ciphers' | 'sub --tls-alpn' | 'sub --psk' | 'sub --psk-identity' | 'sub --tls-engine' | 'sub --tls-engine-kpass-sha1' | 'rr -t' | 'rr --topic' | 'rr -e' | 'rr --response-topic' | 'rr -W' | 'rr --timeout' | 'rr -m' | 'rr --message' | 'rr --reply' | 'rr -C' | 'rr --count' | 'rr --exec' | 'rr --jobs' | 'rr --exec-timeout' | 'rr -h' | 'rr --host' | 'rr -p' | 'rr --port' | 'rr -A' | 'rr --bind-address' | 'rr -u' | 'rr --username' | 'rr -P' | 'rr --pw' | 'rr --password' | 'rr --pw-command' | 'rr -i' | 'rr --id' | 'rr -I' | 'rr --id-prefix' | 'rr -k' | 'rr --keepalive' | 'rr -x' | 'rr --session-expiry-interval' | 'rr -M' | 'rr --max-inflight' | 'rr --connect-timeout' | 'rr --engine' | 'rr --disconnect-reason' | 'rr --will-topic' | 'rr --will-payload' | 'rr --ready-fd' | 'rr --retry' | 'rr --retry-delay' | 'rr --retry-max' | 'rr -F' | 'rr --format' | 'rr --fault-seed' | 'rr --ciphers' | 'rr --tls-alpn' | 'rr --psk' | 'rr --psk-identity' | 'rr --tls-engine' | 'rr --tls-engine-kpass-sha1' | 'conn -W' | 'conn --timeout' | 'conn -h' | 'conn --host' | 'conn -p' | 'conn --port' | 'conn -A' | 'conn --bind-address' | 'conn -u' | 'conn --username' | 'conn -P' | 'conn --pw' | 'conn --password' | 'conn --pw-command' | 'conn -i' | 'conn --id' | 'conn -I' | 'conn --id-prefix' | 'conn -k' | 'conn --keepalive' | 'conn -x' | 'conn --session-expiry-interval' | 'conn -M' | 'conn --max-inflight' | 'conn --connect-timeout' | 'conn --engine' | 'conn --disconnect-reason' | 'conn --will-topic' | 'conn --will-payload' | 'conn --ready-fd' | 'conn --retry' | 'conn --retry-delay' | 'conn --retry-max' | 'conn --fault-seed' | 'conn --count' | 'conn --connect-rate' | 'conn --ciphers' | 'conn --tls-alpn' | 'conn --psk' | 'conn --psk-identity' | 'conn --tls-engine' | 'conn --tls-engine-kpass-sha1' | 'lwt -h' | 'lwt --host' | 'lwt -p' | 'lwt --port' | 'lwt -A' | 'lwt --bind-address' | 'lwt -u' | 'lwt --username' | 'lwt -P' | 'lwt --pw' | 'lwt --password' | 'lwt --pw-command' | 'lwt --connect-timeout' | 'lwt --engine' | 'lwt --times' | 'lwt --patience' | 'lwt --prefix' | 'lwt --ciphers' | 'lwt --tls-alpn' | 'lwt --psk' | 'lwt --psk-identity' | 'lwt --tls-engine' | 'lwt --tls-engine-kpass-sha1' | 'proxy -p' | 'proxy --port' | 'proxy --bind' | 'proxy --fault-seed' | 'proxy --ciphers' | 'proxy --tls-alpn' | 'proxy --psk' | 'proxy --psk-identity' | 'proxy --tls-engine' | 'proxy --tls-engine-kpass-sha1' | 'broker -p' | 'broker --port' | 'broker --bind' | 'broker --ws' | 'broker --max-packet-size' | 'broker --max-keepalive' | 'broker --tls-test' | 'broker --user' | 'broker --fault-seed' | 'ctl -p' | 'ctl --port' | 'passwd -H' | 'passwd --hash' | 'passwd -I' | 'passwd --iterations' | 'context -h' | 'context --host' | 'context -p' | 'context --port' | 'context -A' | 'context --bind-address' | 'context -u' | 'context --username' | 'context -P' | 'context --pw' | 'context --password' | 'context --pw-command' | 'context -i' | 'context --id' | 'context -I' | 'context --id-prefix' | 'context -k' | 'context --keepalive' | 'context -x' | 'context --session-expiry-interval' | 'context -M' | 'context --max-inflight' | 'context --connect-timeout' | 'context --engine' | 'context --disconnect-reason' | 'context --ciphers' | 'context --tls-alpn' | 'context --psk' | 'context --psk-identity' | 'context --tls-engine' | 'context --tls-engine-kpass-sha1')
      takes=anything ;;
    'pub -q' | 'pub --qos' | 'pub --will-qos' | 'sub -q' | 'sub --qos' | 'sub --will-qos' | 'rr -q' | 'rr --qos' | 'rr --will-qos' | 'conn --will-qos')
      takes=words offers='0 1 2' ;;
    'pub -f' | 'pub --file' | 'pub --unix' | 'pub --pw-file' | 'pub --fault-log' | 'pub -o' | 'pub --options-file' | 'pub --cafile' | 'pub --cert' | 'pub --key' | 'pub --tls-keylog' | 'sub --unix' | 'sub --pw-file' | 'sub --fault-log' | 'sub --schema' | 'sub -o' | 'sub --options-file' | 'sub --ready-file' | 'sub --cafile' | 'sub --cert' | 'sub --key' | 'sub --tls-keylog' | 'rr -f' | 'rr --file' | 'rr --unix' | 'rr --pw-file' | 'rr --ready-file' | 'rr --fault-log' | 'rr -o' | 'rr --options-file' | 'rr --cafile' | 'rr --cert' | 'rr --key' | 'rr --tls-keylog' | 'conn --unix' | 'conn --pw-file' | 'conn --ready-file' | 'conn --fault-log' | 'conn --cafile' | 'conn --cert' | 'conn --key' | 'conn --tls-keylog' | 'lwt --unix' | 'lwt --pw-file' | 'lwt --junit' | 'lwt --report' | 'lwt --cafile' | 'lwt --cert' | 'lwt --key' | 'lwt --tls-keylog' | 'proxy --listen-cert' | 'proxy --listen-key' | 'proxy --pcap' | 'proxy --fault-log' | 'proxy --control' | 'proxy --cafile' | 'proxy --cert' | 'proxy --key' | 'proxy --tls-keylog' | 'broker -c' | 'broker --config-file' | 'broker --unix' | 'broker --cert' | 'broker --key' | 'broker --cafile' | 'broker --password-file' | 'broker --acl' | 'broker --control' | 'broker --fault-log' | 'ctl --control' | 'context --unix' | 'context --pw-file' | 'context --cafile' | 'context --cert' | 'context --key' | 'context --tls-keylog')
      takes=file ;;
    'pub --proxy' | 'sub --proxy' | 'rr --proxy' | 'conn --proxy' | 'lwt --proxy' | 'context --proxy')
      takes=words offers='socks5h://' ;;
    'pub -V' | 'pub --protocol-version' | 'sub -V' | 'sub --protocol-version' | 'rr -V' | 'rr --protocol-version' | 'conn -V' | 'conn --protocol-version' | 'lwt -V' | 'lwt --protocol-version' | 'context -V' | 'context --protocol-version')
      takes=words offers='5 311 31' ;;
    'pub -D' | 'pub --property')
      takes=property offers='connect publish will disconnect' ;;
    'pub -L' | 'pub --url' | 'sub -L' | 'sub --url' | 'rr -L' | 'rr --url' | 'conn -L' | 'conn --url' | 'lwt -L' | 'lwt --url' | 'context -L' | 'context --url')
      takes=words offers='mqtt:// mqtts:// ws:// wss://' ;;
    'pub --fault' | 'sub --fault' | 'rr --fault' | 'conn --fault')
      takes=words offers='close close@end close@connected close@connack close@subscribed close@after: close@every: close@bytes: close@eof close@publish: close@publish-in: close@topic: close@random: reset reset@end reset@connected reset@connack reset@subscribed reset@after: reset@every: reset@bytes: reset@eof reset@publish: reset@publish-in: reset@topic: reset@random: freeze freeze@end freeze@connected freeze@connack freeze@subscribed freeze@after: freeze@every: freeze@bytes: freeze@eof freeze@publish: freeze@publish-in: freeze@topic: freeze@random: freeze:in freeze:out kill kill@end kill@connected kill@connack kill@subscribed kill@after: kill@every: kill@bytes: kill@eof kill@publish: kill@publish-in: kill@topic: kill@random: will will@end will@connected will@connack will@subscribed will@after: will@every: will@bytes: will@eof will@publish: will@publish-in: will@topic: will@random: reason: truncate truncate@end truncate@publish: truncate@topic: truncate@random: garbage garbage@end garbage@connected garbage@connack garbage@subscribed garbage@after: garbage@every: garbage@bytes: garbage@eof garbage@publish: garbage@publish-in: garbage@topic: garbage@random: takeover takeover@end takeover@connected takeover@connack takeover@subscribed takeover@after: takeover@every: takeover@bytes: takeover@eof takeover@publish: takeover@publish-in: takeover@topic: takeover@random: blackout: delay: throttle: slice:' ;;
    'pub --then' | 'sub --then' | 'rr --then' | 'conn --then')
      takes=words offers='reconnect reconnect:' ;;
    'pub --capath' | 'sub --capath' | 'rr --capath' | 'conn --capath' | 'lwt --capath' | 'proxy --capath' | 'broker --persistence' | 'context --capath')
      takes=directory ;;
    'pub --tls-version' | 'sub --tls-version' | 'rr --tls-version' | 'conn --tls-version' | 'lwt --tls-version' | 'proxy --tls-version' | 'context --tls-version')
      takes=words offers='tlsv1.2 tlsv1.3' ;;
    'pub --keyform' | 'sub --keyform' | 'rr --keyform' | 'conn --keyform' | 'lwt --keyform' | 'proxy --keyform' | 'context --keyform')
      takes=words offers='pem' ;;
    'pub --frame' | 'sub --frame' | 'rr --frame')
      takes=words offers='u32' ;;
    'pub --decode' | 'pub --encode' | 'sub --decode' | 'rr --encode' | 'rr --decode')
      takes=words offers='hex base64 json cbor msgpack protobuf: sparkplug gzip zlib' ;;
    'pub --context' | 'sub --context' | 'rr --context' | 'conn --context' | 'lwt --context')
      takes=context ;;
    'sub -D' | 'sub --property')
      takes=property offers='connect subscribe unsubscribe will disconnect' ;;
    'sub --retain-handling' | 'rr --retain-handling')
      takes=words offers='always new never' ;;
    'sub --color' | 'rr --color' | 'lwt --color' | 'proxy --color' | 'broker --color' | 'help --color' | 'examples --color' | 'doctor --color' | 'version --color')
      takes=words offers='auto always never' ;;
    'rr -D' | 'rr --property')
      takes=property offers='connect publish subscribe will disconnect' ;;
    'conn -D' | 'conn --property')
      takes=property offers='connect will disconnect' ;;
    'lwt --only' | 'lwt --skip')
      takes=words offers='clean clean-reset clean-unread reason-04 reason-error reason-expiry-0 close reset half-packet kill malformed second-connect freeze freeze-downstream freeze-half-packet server-keep-alive takeover takeover-kept takeover-expiry-0 takeover-clean-start takeover-resume kept delay delay-resume delay-clean-start delay-expiry delay-expiry-0 only-topic qos-1 qos-2 payload-binary payload-large properties expiry retained retained-replaces retained-clears replaced none-left once order wildcard-topic to-absent to-itself to-group to-many storm tls-cut ws-close blackout-short blackout-long half-open-in half-open-out latency slow-link' ;;
    'lwt --against' | 'proxy --to')
      takes=words offers='mqtt:// mqtts:// ws:// wss:// unix:' ;;
    'proxy --fault')
      takes=words offers='close close@end close@connected close@connack close@subscribed close@after: close@every: close@bytes: close@publish: close@publish-in: close@topic: close@random: reset reset@end reset@connected reset@connack reset@subscribed reset@after: reset@every: reset@bytes: reset@publish: reset@publish-in: reset@topic: reset@random: freeze freeze@end freeze@connected freeze@connack freeze@subscribed freeze@after: freeze@every: freeze@bytes: freeze@publish: freeze@publish-in: freeze@topic: freeze@random: freeze:in freeze:out reason: truncate truncate@end truncate@connack truncate@subscribed truncate@publish: truncate@publish-in: truncate@topic: truncate@random: garbage garbage@end garbage@connack garbage@subscribed garbage@publish: garbage@publish-in: garbage@topic: garbage@random: takeover takeover@end takeover@connected takeover@subscribed takeover@after: takeover@every: takeover@bytes: takeover@publish: takeover@publish-in: takeover@topic: takeover@random: refuse refuse@connack refuse:tcp blackout: delay: throttle: slice: drop drop@end drop@connack drop@subscribed drop@publish: drop@publish-in: drop@topic: drop@random: duplicate duplicate@end duplicate@connack duplicate@subscribed duplicate@publish: duplicate@publish-in: duplicate@topic: duplicate@random: corrupt corrupt@end corrupt@connack corrupt@subscribed corrupt@publish: corrupt@publish-in: corrupt@topic: corrupt@random: reorder reorder@end reorder@connack reorder@subscribed reorder@publish: reorder@publish-in: reorder@topic: reorder@random:' ;;
    'broker --fault')
      takes=words offers='close close@end close@connected close@connack close@subscribed close@after: close@every: close@bytes: close@publish: close@publish-in: close@topic: close@random: reset reset@end reset@connected reset@connack reset@subscribed reset@after: reset@every: reset@bytes: reset@publish: reset@publish-in: reset@topic: reset@random: freeze freeze@end freeze@connected freeze@connack freeze@subscribed freeze@after: freeze@every: freeze@bytes: freeze@publish: freeze@publish-in: freeze@topic: freeze@random: freeze:in freeze:out reason: truncate truncate@connack truncate@subscribed truncate@publish: truncate@publish-in: truncate@topic: truncate@random: garbage garbage@end garbage@connected garbage@connack garbage@subscribed garbage@after: garbage@every: garbage@bytes: garbage@publish: garbage@publish-in: garbage@topic: garbage@random: refuse refuse@connack refuse:tcp nack nack@connack nack@subscribed nack@publish: nack@topic: nack:0x silent silent@connack silent@subscribed silent@publish: silent@publish-in: silent@topic: silent@random: blackout: delay: throttle: slice: drop drop@end drop@connack drop@subscribed drop@publish: drop@publish-in: drop@topic: drop@random: duplicate duplicate@end duplicate@connack duplicate@subscribed duplicate@publish: duplicate@publish-in: duplicate@topic: duplicate@random: corrupt corrupt@end corrupt@connack corrupt@subscribed corrupt@publish: corrupt@publish-in: corrupt@topic: corrupt@random: reorder reorder@end reorder@connack reorder@subscribed reorder@publish: reorder@publish-in: reorder@topic: reorder@random:' ;;
  esac
}

_midge_property_names() {
  case ${1,,} in
    connect)
      _midge_offer 'session-expiry-interval authentication-method authentication-data request-problem-information request-response-information receive-maximum topic-alias-maximum user-property maximum-packet-size' ;;
    publish)
      _midge_offer 'payload-format-indicator message-expiry-interval content-type response-topic correlation-data topic-alias user-property' ;;
    will)
      _midge_offer 'payload-format-indicator message-expiry-interval content-type response-topic correlation-data will-delay-interval user-property' ;;
    subscribe)
      _midge_offer 'subscription-identifier user-property' ;;
    unsubscribe)
      _midge_offer 'user-property' ;;
    disconnect)
      _midge_offer 'session-expiry-interval server-reference reason-string user-property' ;;
  esac
}

_midge_property_value() {
  case $1 in
    payload-format-indicator | request-problem-information | request-response-information)
      _midge_offer '0 1' ;;
  esac
}

# The words up to the cursor as midge would get them: readline cuts at = : and @ too.
_midge_words() {
  local line=${COMP_LINE:0:COMP_POINT} part i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    part=${COMP_WORDS[i]}
    ((i == COMP_CWORD)) && part=${line#"${line%%[![:space:]]*}"}
    if ((i == 0)) || [[ $line == [[:space:]]* ]]; then
      line=${line#"${line%%[![:space:]]*}"}
      words+=("$part")
    else
      words[${#words[@]} - 1]+=$part
    fi
    line=${line:${#part}}
  done
}

# Offers those of the words that begin like the one at the cursor, without what readline leaves alone: all up to
# its last = or :, and all before its last @.
_midge_offer() {
  local whole=$front$word left=0 char i
  COMPREPLY=($(compgen -P "$front" -W "$1" -- "$word"))
  for ((i = 0; i < ${#whole}; i++)); do
    char=${whole:i:1}
    [[ $COMP_WORDBREAKS == *"$char"* ]] || continue
    case $char in
      = | :) left=$((i + 1)) ;;
      @) left=$i ;;
    esac
  done
  for i in "${!COMPREPLY[@]}"; do
    COMPREPLY[i]=${COMPREPLY[i]:left}
  done
  # More is to be typed behind such a word.
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *[:/] ]]; then
    compopt -o nospace
  fi
}

# The names in the user's file of contexts.
_midge_contexts() {
  local line directory=$XDG_CONFIG_HOME
  [[ $directory == /* ]] || directory=$HOME/.config
  [[ -r $directory/midge/contexts ]] || return
  while IFS= read -r line; do
    [[ $line == \[*\] ]] && line=${line#\[} && printf '%s ' "${line%\]}"
  done <"$directory/midge/contexts"
}

# The argument of an option.
_midge_argument() {
  case $takes in
    words) _midge_offer "$offers" ;;
    property) _midge_offer "$offers" ;;
    file) compopt -o default ;;
    directory) compopt -o dirnames ;;
    context) _midge_offer "$(_midge_contexts)" ;;
  esac
}

_midge() {
  local words word command option takes offers front= i=2 last
  COMPREPLY=()
  _midge_words
  last=$((${#words[@]} - 1))
  word=${words[last]}
  command=${words[1]}
  if ((last == 1)); then
    _midge_offer "$_midge_commands --help --version"
    return
  fi
  if [[ $command == help && $word != -* ]]; then
    ((last == 2)) && _midge_offer "$_midge_commands $_midge_topics"
    return
  fi
  # Each option takes its own words from the left, whatever they look like.
  while ((i < last)); do
    option=${words[i]}
    _midge_takes "$command $option"
    ((i++))
    case $takes in
      '') ;;
      property)
        case $((last - i)) in
          0) _midge_argument; return ;;
          1) _midge_property_names "${words[i]}"; return ;;
          2) _midge_property_value "${words[i + 1]}"; return ;;
        esac
        ((i += 3))
        if [[ ${words[i - 2]} == user-property ]]; then
          ((i++ == last)) && return
        fi
        ;;
      *)
        if ((i == last)); then
          _midge_argument
          return
        fi
        ((i++))
        ;;
    esac
  done
  if [[ $word == --*=* ]]; then
    _midge_takes "$command ${word%%=*}"
    front=${word%%=*}=
    word=${word#*=}
    _midge_argument
    return
  fi
  if [[ $command == ctl && $word != -* ]]; then
    _midge_offer "$_midge_control"
    return
  fi
  if [[ $command == context && $word != -* ]]; then
    if ((last == 2)); then
      _midge_offer "$_midge_context"
    elif [[ " use rm show " == *" ${words[2]} "* ]]; then
      _midge_offer "$(_midge_contexts)"
    fi
    return
  fi
  _midge_offer "$(_midge_options "$command")"
}
complete -F _midge midge
