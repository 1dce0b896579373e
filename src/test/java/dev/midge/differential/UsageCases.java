package dev.midge.differential;

import java.util.ArrayList;
import java.util.List;

/** Command lines that end before anything is connected: sections 1, 2, 3, 5 and 9. */
final class UsageCases {
  private UsageCases() {}

  private static final String[] ALL = {
    "-h", "--host", "-p", "-k", "--keepalive", "-q", "--qos", "-i", "-I", "-u", "-P", "-V", "-x",
    "-M", "-D", "-L", "-A", "--unix", "--proxy", "--will-topic", "--will-payload", "--will-qos",
    "-t", "--topic", "--cafile", "--capath", "--cert", "--key", "--ciphers", "--tls-alpn",
    "--tls-version", "--psk", "--psk-identity", "--keyform", "--tls-engine",
    "--tls-engine-kpass-sha1",
  };

  private static final String[] PUB = {
    // Missing arguments of pub's own options.
    "-m", "--message", "-f", "--file", "--repeat", "--repeat-delay",
    // Words.
    "--bogus", "word", "-t a -m x word", "-t=a", "--topic=a", "-ta", "-rd", "--", "--top a", "''",
    "-C 1", "-e a", "-T a", "--latency", "-v", "-N", "-w", "-W 1",
    // The first mistake ends it.
    "--bogus --help", "-q 3 --bogus", "-p 99999 -q 3", "-t a/# -m x -q 5",
    // Values.
    "-t a -m x -q 3", "-t a -m x -q -1", "-t a -m x -q 2147483648", "-p 65536", "-p -1",
    "-k 4", "-k 65536", "-k abc", "-k -5", "-M 0", "-M abc", "-V 4", "-V mqttv4", "-V ''", "-V 51",
    "-x abc", "-x 4294967296", "-x -2", "-x 1x", "-x ''", "-i a -I b", "-I b -i a",
    "--repeat 0", "--repeat -1", "--repeat abc", "--repeat-delay -1", "--repeat-delay -0.1",
    "--will-qos 3", "--will-qos -1", "--will-topic a/#", "--will-topic +", "--will-topic ''",
    "-t a/+", "-t '#'", "-t ''", "-t a\u0001b", "-t '\udcff'", "-t '\ud83d\ude00/#'", "-t \u0085",
    "--will-topic '\udcff'", "-L mqtt://127.0.0.1:{port}/\udcff",
    // One payload only, and that check comes first.
    "-m x -m y", "-m x -n", "-n -n", "-f a -m x", "-s -l", "-l -l", "-m x -m", "-n -f", "-r -m x -s",
    // What is missing in the end, and the checks in their order.
    "", "-t a", "-m x", "-t a --will-payload x -m x", "-t a --will-retain -m x",
    "-t a -m x --will-qos 1 --will-payload y", "-t a -m x --will-payload y --will-retain",
    "-t a -m x --cert c", "-t a -m x --key k", "-t a -m x --keyform pem",
    "-t a -m x --tls-engine-kpass-sha1 00", "-t a -m x --psk 00 --cafile c",
    "-t a -m x --psk 00 --capath c", "-t a -m x --psk 00", "-t a -m x --cert c --will-retain",
    "-t a -m x -c", "-t a -m x -c -I pre", "-t a -m x -V 5 -x -1", "-t a -m x -V 5 -x -1 -I a",
    "-t a -m x -V 5 -x 4294967295", "-t a -m x -V 5 -x \u221e", "-t a -m x -i ''",
    "-t a -m x -i '\udcff'", "-t a -m x -P secret", "-t a -m x -u '\udcff'",
    "-t a -f /nowhere/to/be/found", "-t a -m x -V 5 -c -i ''",
    "-t a -f /nowhere/to/be/found --quiet", "-t a -m x -P secret --quiet", "-t a -m x -q 3 --quiet",
    "--quiet", "-t a -m x -i '' --quiet", "-f /nowhere/to/be/found", "-t a -s",
    // TLS options.
    "-t a -m x --cafile /nowhere/ca.pem", "-t a -m x --cafile /nowhere/ca.pem --quiet",
    "-t a -m x --cafile /nowhere/ca.pem --tls-version tlsv1.1x",
    "-t a -m x --capath /nowhere --tls-version bogus",
    "-t a -m x --capath /nowhere --cert /nowhere/c --key /nowhere/k",
    "-t a -m x --psk xyz --psk-identity me",
    // URLs and proxies.
    "-L http://127.0.0.1:{port}/a -m x", "-L 127.0.0.1 -m x", "-L mqtt://127.0.0.1:{port} -m x",
    "-L mqtt://127.0.0.1:{port}/a/# -m x", "-L mqtt://127.0.0.1:{port}/ -m x",
    "--proxy http://127.0.0.1", "--proxy socks5://127.0.0.1", "--proxy socks5h://",
    "--proxy socks5h://127.0.0.1:0", "--proxy socks5h://127.0.0.1:65536",
    "--proxy socks5h://a:b:c@127.0.0.1", "--proxy socks5h://a%41@127.0.0.1",
    "--proxy SOCKS5H://127.0.0.1",
    // Properties, in the order of their checks.
    "-D publish", "-D publish content-type", "-D publish user-property k",
    "-D nothing content-type x", "-D publish colour x", "-D publish server-keep-alive 1",
    "-D publish will-delay-interval 1", "-D puback reason-string x", "-D auth reason-string x",
    "-D suback reason-string x", "-D publish subscription-identifier 1", "-D connack reason-string x",
    "-D connect receive-maximum 65536", "-D connect receive-maximum -1",
    "-D connect session-expiry-interval 4294967296", "-D publish payload-format-indicator 256",
    "-D subscribe subscription-identifier 268435456", "-D subscribe subscription-identifier -1",
    "-D publish content-type '\udcff'", "-D publish user-property '\udcff' v",
    "-D disconnect session-expiry-interval -1", "-D will reason-string", "-D CONNECT Colour x",
    "-D unsubscribe subscription-identifier 1", "-D pingreq reason-string x",
  };

  private static final String[] SUB = {
    "-C", "-W", "-T", "-U", "--unsubscribe", "--filter-out", "-F", "--random-filter",
    "-m x", "-f x", "-n", "-s", "-l", "-r", "--repeat 2", "-e a", "--latency",
    "", "-C 1", "-t a -C 0", "-t a -C -1", "-t a -C abc", "-t a -W 0", "-t a -W -1", "-t a -W abc",
    "-t a#", "-t a/#/b", "-t +a", "-t a/b+", "-t '' -W 1", "-t '\udcfe'", "-T a#", "-T ''", "-U a/b#",
    "-U ''", "-U '\udcfe'", "-T '\udcfe'", "-t a -q 3", "-L mqtt://127.0.0.1:{port}/a#",
    "-L mqtt://127.0.0.1:{port}/\udcff", "-t a -T b#",
    "-t a --random-filter 0", "-t a --random-filter 0.05", "-t a --random-filter -3",
    "-t a --random-filter abc",
    "-t a -R --retained-only", "-t a -R --retained-only --quiet", "-t a -c", "-t a -i ''",
    "-t a -c -I x", "-t a -c -V 5", "-t a -c -i x -I y", "-t a --will-retain", "-t a -P x",
    "-t a -V 5 -x -1", "-t a -V 5 -i '' -c",
    "-t a -F %", "-t a -F a%", "-t a -F %5", "-t a -F %-", "-t a -F %z", "-t a -F %5z", "-t a -F @",
    "-t a -F '\\'", "-t a -F '\\q'", "-t a -F %--t", "-t a -F %05", "-t {t} -W 1 -F %00t",
    "-t a --help -q 5", "-t a -q 5 --help",
  };

  private static final String[] RR = {
    "-e", "-W", "-F", "-m", "-f",
    "", "-t a -e b", "-t a -m x", "-e b -m x", "-t a -e b/# -m x", "-t a/+ -e b -m x", "-e ''",
    "-e '\udcff'", "-t a -e b -n -m x", "-C 1", "-E", "-T a", "-U a", "-l", "-r", "--repeat 2",
    "--random-filter 1", "--remove-retained", "--retained-only", "-t a -e b -m x -q 3",
    "-t a -e b -m x -W 0", "-t a -e b -m x -i ''", "-t a -e b -m x -V 311 -c",
    "-t a -e b -m x -D publish response-topic c", "-t a -e b -m x -V 311 -P x",
    "-t a -e b -m x -c", "-t a -e b -m x -F %z",
  };

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String option : ALL) {
      cases.add(Case.pub(option, option));
    }
    for (String line : PUB) {
      cases.add(Case.pub(line, line));
    }
    for (String line : SUB) {
      cases.add(Case.sub(line, line));
    }
    for (String line : RR) {
      cases.add(Case.rr(line, line));
    }
    cases.add(Case.pub("--help", "--help"));
    cases.add(Case.sub("--help", "--help"));
    cases.add(Case.rr("--help", "--help"));
    cases.add(Case.pub("--version", "--version --bogus"));
    cases.add(Case.sub("--version", "--version --bogus"));
    cases.add(Case.rr("--version", "--version --bogus"));
    return cases;
  }
}
