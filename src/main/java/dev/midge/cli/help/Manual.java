package dev.midge.cli.help;

import java.util.Map;

/**
 * The texts of the help and the manual page of a command beside its options.
 *
 * @param word the command
 * @param synopsis the shortest useful line
 * @param examples each a sentence that ends in a colon, and indented lines that a test runs
 */
public record Manual(String word, String synopsis, String examples) {
  private static final String PUB =
      """
      Publish a message that the broker retains:
        midge pub -t sensor/status -m online -q 1 -r

      Publish each line of a program's output:
        seq 10 | midge pub -t numbers -l -q 1

      A simulated sensor, two messages per second:
        midge pub -t sensor/temperature --repeat 4 --rate 2/s \\
          --template '{"at":{unix-ms},"celsius":{random 18.0 24.5}}'

      Record a message and send it again; recordings play ten times as fast here:
        midge sub -t sensor/status -C 1 --json >sensor.json
        midge pub --from-json -f sensor.json --replay --speed 10

      Die after the second message, so that the will is published:
        seq 10 | midge pub -t numbers -l --fault reset@publish:2 \\
          --will-topic sensor/status --will-payload offline
      """;

  private static final String SUB =
      """
      Wait for one message, at most five seconds:
        midge sub -t sensor/status -C 1 -W 5

      Topic, QoS and payload of one message of any topic:
        midge sub -t '#' -C 1 -F '%t %q %p'

      As JSON, for programs:
        midge sub -t sensor/status -C 1 --json

      Wait for a state; the exit status tells whether it came:
        midge pub -t lamp/1 -m '{"state":"on"}' -r
        midge sub -t lamp/1 --expect '$.state == "on"' --within 10s

      Print the retained messages and end, even if there are none:
        midge sub -t '#' --retained -v

      Run a command for each message; its standard input is the payload:
        midge sub -t sensor/status -C 1 --exec 'echo "$MQTT_TOPIC: $(cat)"'
      """;

  private static final String RR =
      """
      Answer requests with the time, on the response topic of each request:
        midge rr --serve -t service/time --exec date

      Send a request from another terminal, and wait five seconds at most:
        midge rr -t service/time -e service/answer -m now -W 5
      """;

  private static final String CONN =
      """
      A sensor whose connection is reset after a second; its will is published:
        midge conn -i s1 --fault reset@after:1s \\
          --will-topic sensor/status --will-payload offline

      A sensor that sends DISCONNECT after a second; its will is discarded:
        midge conn -i s1 -W 1 \\
          --will-topic sensor/status --will-payload offline

      A will that waits two seconds for the client to come back:
        midge conn -i s1 -x 60 --fault close@connected \\
          --will-topic sensor/status -D will will-delay-interval 2

      A hundred sensors in one process, each with its own will:
        midge conn --count 100 --id-prefix s --fault reset@after:5s \\
          --will-topic 'sensor/{id}/status' --will-payload offline
      """;

  private static final String CONTEXT =
      """
      Give a broker a name, and use it from now on where no other is named:
        midge context add home -h localhost -p 1883 -i hall -k 30
        midge context use home
        midge context ls

      A context with a password file, for one command only:
        echo s3cret >pw && chmod 600 pw
        midge context add lab -h localhost -p 1883 -u me --pw-file pw
        midge pub --context lab -t greeting -m hello

      Show a context, use no default any more, and remove both contexts:
        midge context show lab
        midge context use --none
        midge context rm home lab
      """;

  private static final String BROKER =
      """
      Show every packet:
        midge broker -p 1883 -v

      TLS in one command, and a client that trusts it:
        midge broker -p 0 --tls-test ca.crt >port &
        until [ -s port ]; do sleep 0.1; done
        midge pub --cafile ca.crt -p "$(cat port)" -t greeting -m hello
        kill $!

      A free port for a script, which reads it from standard output:
        midge broker -p 0 >port &
        until [ -s port ]; do sleep 0.1; done
        midge pub -p "$(cat port)" -t greeting -m hello
        kill $!
      """;

  private static final String PASSWD =
      """
      Create a file with one user; without a pipe, midge asks for the password:
        echo s3cret | midge passwd -c users alice

      Add another one:
        echo s3cret | midge passwd users bob

      Start a broker that lets in these two users and nobody else:
        midge broker -p 1883 --password-file users
      """;

  private static final String PROXY =
      """
      Watch what clients and a broker say to one another:
        midge proxy -p 1884 --to mqtt://localhost:1883

      Reset every connection at its third message, and see who resends:
        midge proxy -p 1884 --to mqtt://localhost:1883 \\
          --fault reset@publish-out:3

      A network that is down for half a minute, for some clients only:
        midge proxy -p 1884 --to mqtt://localhost:1883 \\
          --fault 'blackout:30s@after:10s client=sensor*'

      The packets as JSON for programs, and as a capture for Wireshark:
        midge proxy -p 1884 --to mqtt://localhost:1883 \\
          --json --pcap talk.pcap
      """;

  private static final String CTL =
      """
      List the connected clients, and show all about one of them:
        midge ctl clients
        midge ctl client s1

      Reset a connection, and wait until the client is connected again:
        midge ctl kick s1 reset
        midge ctl wait connected s1 10s

      Reset a connection at each third message to a client; end that fault later:
        midge ctl fault 'reset@publish-in:every/3 client=s1'
        midge ctl clear
      """;

  private static final String LWT =
      """
      The mini broker, with MQTT 5 and with 3.1.1:
        midge lwt
        midge lwt -V 311

      List the rows, and play some of them five times:
        midge lwt --list
        midge lwt --only 'clean*,reset' --times 5

      Examine your broker, with results for programs, build servers and people:
        midge lwt -h localhost -p 1883 --json
        midge lwt -h localhost -p 1883 --junit lwt.xml --report lwt.md
      """;

  private static final String HELP =
      """
      The commands in groups, and the options of one:
        midge help
        midge help pub

      A page about the faults of client commands:
        midge help faults
      """;

  private static final String EXAMPLES =
      """
      Recipes for retained messages:
        midge examples retained

      Recipes that contain both words:
        midge examples fault will
      """;

  private static final String DOCTOR =
      """
      Check Java, ports, terminal and the rest:
        midge doctor

      The same for programs, one JSON object per line:
        midge doctor --json
      """;

  private static final String VERSION =
      """
      Everything that a bug report needs:
        midge version --all

      The same as one JSON object:
        midge version --all --json
      """;

  /**
   * Returns that of a command.
   *
   * @throws IllegalArgumentException for a name that is no command's
   */
  public static Manual of(String word) {
    return switch (word) {
      case "pub" -> new Manual(word, "-t TOPIC {-m TEXT | -f FILE | -s | -n | -l} [OPTIONS]", PUB);
      case "sub" -> new Manual(word, "-t FILTER... [OPTIONS]", SUB);
      case "rr" ->
          new Manual(word, "-t TOPIC -e TOPIC {-m TEXT | -f FILE | -s | -n} [OPTIONS]", RR);
      case "conn" -> new Manual(word, "[OPTIONS]", CONN);
      case "context" ->
          new Manual(word, "{add | use | show | rm} NAME [OPTIONS] | ls | edit", CONTEXT);
      case "broker" -> new Manual(word, "[-c FILE | -p PORT... [OPTIONS]] [-v | -q]", BROKER);
      case "passwd" ->
          new Manual(word, "[-c | -D] FILE USER | [-c] -b FILE USER PASSWORD | -U FILE", PASSWD);
      case "proxy" -> new Manual(word, "[-p PORT] --to URL... [--fault FAULT]... [OPTIONS]", PROXY);
      case "ctl" ->
          new Manual(word, "[-p PORT | --control PATH] [--json] COMMAND [ARGUMENTS]", CTL);
      case "lwt" -> new Manual(word, "[-h HOST] [-p PORT] [OPTIONS]", LWT);
      case "help" -> new Manual(word, "[COMMAND | TOPIC]", HELP);
      case "examples" -> new Manual(word, "[WORD...] [OPTIONS]", EXAMPLES);
      case "doctor" -> new Manual(word, "[OPTIONS]", DOCTOR);
      case "version" -> new Manual(word, "[--all] [--json]", VERSION);
      default -> throw new IllegalArgumentException(word);
    };
  }

  /** Returns the exit statuses, each with its meaning. */
  Map<String, String> statusTable() {
    return ExitStatuses.of(word);
  }
}
