package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Wrong command lines: what they say on standard error, and their status. Nothing is connected to.
 */
class UsageErrorsTest {

  @ParameterizedTest(name = "midge {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pub | Error: Both topic and message must be supplied: the topic (-t, or in -L) is missing, and so is the message (-m TEXT, -f FILE, -l, -n or -s).\\n",
        "pub -t a | Error: Both topic and message must be supplied: the message (-m TEXT, -f FILE, -l, -n or -s) is missing.\\n",
        "pub -m x | Error: Both topic and message must be supplied: the topic (-t, or in -L) is missing.\\n",
        "rr -t a -m x | Error: All of topic, message, and response topic must be supplied; missing: the response topic (-e).\\n",
        "rr -e a | Error: All of topic, message, and response topic must be supplied; missing: the topic (-t, or in -L), the message (-m TEXT, -f FILE, -n or -s).\\n",
        "pub --retian | Error: Unknown option '--retian', did you mean '--retain'?\\n",
        "pub --Retain | Error: Unknown option '--Retain', did you mean '--retain'?\\n",
        "pub --pasword=s3cret | Error: Unknown option '--pasword', did you mean '--password'?\\n",
        "sub --verbos | Error: Unknown option '--verbos', did you mean '--verbose'?\\n",
        "conn --keep 5 | Error: Unknown option '--keep', did you mean '--keepalive'?\\n",
        "lwt --jsn | Error: Unknown option '--jsn', did you mean '--json'?\\n",
        "pub -t a -m hello world | Error: Surplus word 'world' after -m TEXT: words that belong together need quotes, as in -m 'two words'.\\n",
        "pub -t a --message=hello big world | Error: Surplus word 'big' after -m TEXT: words",
        "pub -t a -mhello big | Error: Surplus word 'big' after -m TEXT: words",
        "pub -t a b -m x | Error: Surplus word 'b' after -t TOPIC: words",
        "pub -P my s3cret -t a -m x | Error: Surplus word after -P ",
        "pub -h mqtt://u:s3cret@host -t a -m x | Error: -h takes a host and no URL: give the URL with -L.\\n",
        "sub -h wss://host -t a | Error: -h takes a host and no URL: give the URL with -L.\\n",
        "conn --host host:1883 | Error: -h takes a host without a port: -h host -p 1883.\\n",
        "sub -t a -W x | Error: Invalid timeout \"x\": it is a number of seconds above 0.\\n",
        "sub -t a -W 1d | Error: Invalid timeout \"1d\": it",
        "rr -W NaN | Error: Invalid timeout \"NaN\": it",
        "conn -W -1 | Error: Invalid timeout \"-1\": it",
        "publish | Error: Unknown command 'publish', did you mean 'pub'?\\n",
        "subscribe | Error: Unknown command 'subscribe', did you mean 'sub'?\\n",
        "connect | Error: Unknown command 'connect', did you mean 'conn'?\\n",
        "borker | Error: Unknown command 'borker', did you mean 'broker'?\\n",
        "pub -t | Error: -t argument given but no topic specified.",
        "pub --topic | Error: -t argument given but no topic specified.",
        "pub -t a -m | Error: -m argument given but no message specified.",
        "pub -h | Error: -h argument given but no host specified.",
        "pub -p | Error: -p argument given but no port specified.",
        "pub -V | Error: --protocol-version argument given but no version specified.",
        "pub -M | Error: -M argument given but max_inflight not specified.",
        "pub -D | Error: --property argument given but not enough arguments specified.",
        "pub -D will | Error: --property argument given but not enough arguments specified.",
        "pub -D publish user-property k | Error: --property argument given but not enough arguments specified.",
        "pub -D nothing content-type x | Error: Invalid command nothing given in --property argument",
        "pub -D will colour x | Error: Invalid property name colour given in --property argument.",
        "pub -D will topic-alias 1 | Error: topic-alias property not allowed for will in --property argument.",
        "pub -D puback reason-string x | Error: reason-string property not supported for puback in --property argument.",
        "pub -D will will-delay-interval x | Error: Property value (x) out of range for property will-delay-interval",
        "pub -D connect receive-maximum 65536 | Error: Property value (65536) out of range for property receive-maximum",
        "pub -t a -m x --clients 2 -c | Error: You must provide a client id if you are using an infinite session expiry interval: give the beginning of all by --id-prefix.",
        "pub -t a/+ -m x | Error: Invalid publish topic 'a/+', does it contain '+' or '#'?",
        "pub -t a -m x -n | Error: Only one type of message can be sent at once.",
        "pub -t a -m x -m y | Error: Only one type of message can be sent at once.",
        "pub -t a -m x -q 3 | Error: Invalid QoS given: 3",
        "pub -t a -m x -q abc | Error: Invalid QoS given: abc",
        "pub -t a -m x -q1x | Error: Invalid QoS given: 1x",
        "pub -p 65536 | Error: Invalid port given: 65536",
        "pub -k 4 | Error: Invalid keepalive given, it must be between 5 and 65535 inclusive.",
        "pub -V 4 | Error: Invalid protocol version argument given",
        "pub -i a -I b | Error: -i and -I argument cannot be used together.",
        "pub -x no | Error: session-expiry-interval not a number.",
        "pub -x 4294967296 | Error: session-expiry-interval out of range.",
        "pub -t a -m x -x -1 | Error: You must provide a client id if you are using an infinite session expiry interval.",
        "pub -t a -m x -V 311 -c | Error: You must provide a client id if you are using the -c option.",
        "pub -t a -m x -V 311 -P secret | Error: Problem setting username and/or password",
        "pub -t a -m x --will-payload x | Error: Will payload given, but no will topic given.",
        "pub -t a -m x --will-retain | Error: Will retain given, but no will topic given.",
        "pub --will-topic a/# | Error: Invalid will topic 'a/#', does it contain '+' or '#'?",
        "pub --will-qos 3 | Error: Invalid will QoS 3.",
        "pub -t a -m x -D will will-delay-interval 5 -V 311 | Error: -D properties need MQTT 5",
        "pub -f /nowhere/to/be/found -t a | Error: Unable to read file \"/nowhere/to/be/found\": No such file or directory.",
        "pub --bogus | Error: Unknown option '--bogus'.",
        "pub word | Error: Unknown option 'word'.",
        "pub -C 1 | Error: Unknown option '-C",
        "pub --fault | Error: --fault argument given but no fault specified.",
        "pub --fault explode | Error: Invalid fault 'explode': the effect 'explode' is not one of close, reset, freeze",
        "pub --fault reset@noon | Error: Invalid fault 'reset@noon': the moment 'noon' is not one of end, connected, connack, subscribed, after:5s",
        "pub --fault reset@after:5 | Error: Invalid fault 'reset@after:5': after takes a time with a unit",
        "pub --fault reset@publish:0 | Error: Invalid fault 'reset@publish:0': publish:N counts from 1",
        "pub -t a -m x -V 311 --fault will | Error: --fault will needs MQTT 5",
        "pub -t a -m x -V 311 --fault reason:0x80 | Error: --fault reason needs MQTT 5",
        "pub -t a -m x -V 311 --fault takeover | Error: --fault takeover needs a client id (-i).",
        "pub -t a -m x --fault close@eof | Error: the moment eof of --fault needs standard input to be read (-s, or -l of pub).",
        "pub --fault drop@publish:1 | Error: Invalid fault 'drop@publish:1': 'drop' is not for a client.",
        "pub --fault truncate@publish-in:1 | Error: Invalid fault 'truncate@publish-in:1': a client can truncate what it sends only",
        "pub -t a -m x --fault-seed 1 | Error: --fault-seed needs a --fault.",
        "pub -t a -m x --fault reset --fault-seed one | Error: --fault-seed takes a whole number, not 'one'.",
        "pub -t a -m x --fault-log f | Error: --fault-log needs a --fault.",
        "pub -t a -m x --fault reset --fault-log /nowhere/f | Error: Unable to write the file of --fault-log: /nowhere/f (No such file or directory).",
        "pub -t a -m x --then reconnect | Error: --then needs a --fault.",
        "pub -t a -m x --fault reset --then return | Error: Invalid --then 'return': it is reconnect, or reconnect:AFTER such as reconnect:2s.",
        "pub -t a -m x --fault kill --then reconnect | Error: --then makes no sense with kill",
        "pub -t a -m x --disconnect-reason 0x01 | Error: --disconnect-reason '0x01' is none that a client may send",
        "pub -t a -m x --disconnect-reason x | Error: --disconnect-reason 'x' is none that a client may send",
        "pub -t a -m x -V 311 --disconnect-reason 4 | Error: --disconnect-reason needs MQTT 5",
        "sub | Error: You must specify a topic to subscribe to (-t) or unsubscribe from (-U).",
        "sub -t a# | Error: Invalid subscription topic 'a#', are all '+' and '#' wildcards correct?",
        "sub -t a -C 0 | Error: Invalid message count \"0\".",
        "sub -t a -W 0 | Error: Invalid timeout \"0\"",
        "sub -t a -F %z | Error: Invalid format specifier 'z'.",
        "sub -m x | Error: Unknown option '-m",
        "conn -W | Error: -W argument given but no timeout specified.",
        "conn -t a | Error: Unknown option '-t",
        "lwt --prefix a/+/ | Error: Invalid prefix 'a/+/', does it contain '+' or '#'?",
        "nonsense | Error: Unknown command 'nonsense'.",
      })
  void aWrongCommandLineIsOneClearLineAndStatus1(String line, String complaint) {
    MidgeRun run = MidgeRun.run((Object[]) line.split(" "));

    assertThat(run.errText()).startsWith(complaint.replace("\\n", "\n"));
    assertThat(run.errText()).contains("--help' to see").doesNotContain("\tat ", "s3cret");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest(name = "midge {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "broker -p 65536 | Error: Invalid port specified (65536).",
        "broker -p | Error: -p argument given, but no port specified.",
        "broker -c | Error: -c argument given, but no config file specified.",
        "broker -c x | Error: Unable to open config file 'x'.",
        "broker --test-config | Error: Please provide a configuration file to test: -c FILE.",
        "broker -c x --bind 0.0.0.0 | Error: --bind and -c exclude each other: the file says that.",
        "broker -c x --acl y | Error: --acl and -c exclude each other",
        "broker -c x --tls-test y | Error: --tls-test and -c exclude each other",
        "broker --cert x | Error: --cert and --key need each other: give both.",
        "broker --key x | Error: --cert and --key need each other: give both.",
        "broker --cert x --key y --tls-test z | Error: --tls-test makes a certificate of its own",
        "broker --cafile x | Error: --cafile needs --cert and --key, or --tls-test.",
        "broker --cert x --key y --require-certificate | Error: --require-certificate needs --cafile",
        "broker --user secret | Error: --user takes NAME:PASSWORD.\\n",
        "broker --user :secret | Error: --user takes NAME:PASSWORD.\\n",
        "broker --user a:b --password-file x | Error: --user and --password-file exclude each other.",
        "broker --ws 65536 | Error: Invalid port specified (65536).",
        "broker --max-keepalive 65536 | Error: Invalid keep alive (65536), it is a number of",
        "broker --password-file /nowhere/x | Error: Unable to open pwfile \"/nowhere/x\": no such",
        "broker --acl /nowhere/x | Error: Unable to open acl_file \"/nowhere/x\": no such",
        "broker -d | Error: -d is not supported",
        "broker --prot 5 | Error: Unknown option '--prot', did you mean '--port'?\\n",
        "broker --bogus | Error: Unknown option '--bogus'.",
      })
  void theBrokerSaysStatus3(String line, String complaint) {
    MidgeRun run = MidgeRun.run((Object[]) line.split(" "));

    assertThat(run.errText()).startsWith(complaint.replace("\\n", "\n"));
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void helpGoesToStandardOutputWithStatus0() {
    for (String command : new String[] {"pub", "sub", "rr", "conn", "broker", "proxy", "lwt"}) {
      MidgeRun run = MidgeRun.run(command, "--help");

      assertThat(run.outText()).startsWith("Usage: midge " + command);
      assertThat(run.errText()).isEmpty();
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void midgeAloneSaysWhatThereIs() {
    MidgeRun run = MidgeRun.run();

    assertThat(run.outText())
        .contains("midge pub", "midge sub", "midge rr", "midge conn", "midge broker", "midge lwt");
    assertThat(run.status()).isZero();
  }

  @Test
  void aPasswordIsNeitherInHelpNorInComplaints() {
    MidgeRun run = MidgeRun.run("pub", "-u", "me", "-P", "s3cret", "--bogus");

    assertThat(run.errText() + run.outText()).doesNotContain("s3cret");
  }
}
