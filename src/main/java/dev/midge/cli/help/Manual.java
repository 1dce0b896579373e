package dev.midge.cli.help;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts of the help and the manual page of a command beside its options.
 *
 * @param synopsis the shortest useful line
 * @param examples each a sentence that ends in a colon, and indented lines that a test runs
 * @param statuses lines of a status, a bar and when the command ends with it
 */
public record Manual(String synopsis, String examples, String statuses) {
  private static final String PUB =
      """
      Publish a message that the broker retains:
        midge pub -t sensor/status -m online -q 1 -r

      Publish each line of a program's output:
        seq 10 | midge pub -t numbers -l -q 1

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
      """;

  private static final String RR =
      """
      Answer requests with the time, each on the topic that it names:
        midge sub -t service/time -F %R |
          while read -r topic; do date | midge pub -t "$topic" -s; done

      Ask for it in another terminal, and wait five seconds at most:
        midge rr -t service/time -e service/answer -m now -W 5
      """;

  private static final String CONN =
      """
      A sensor whose connection is torn after a second: its will is published:
        midge conn -i s1 --fault reset@after:1s \\
          --will-topic sensor/status --will-payload offline

      A sensor that says goodbye after a second: its will is thrown away:
        midge conn -i s1 -W 1 \\
          --will-topic sensor/status --will-payload offline

      A will that waits two seconds for the client to come back:
        midge conn -i s1 -x 60 --fault close@connected \\
          --will-topic sensor/status -D will will-delay-interval 2

      A hundred sensors in one process, each with its own will:
        midge conn --count 100 --id-prefix s --fault reset@after:5s \\
          --will-topic 'sensor/{id}/status' --will-payload offline
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
      Begin a file with one user; without a pipe the password is asked for:
        echo s3cret | midge passwd -c users alice

      Add another one:
        echo s3cret | midge passwd users bob

      Have the broker let these two in, and nobody else:
        midge broker -p 1883 --password-file users
      """;

  private static final String PROXY =
      """
      Watch what clients and a broker say to one another:
        midge proxy -p 1884 --to mqtt://localhost:1883

      Tear every connection at its third message, and see who resends:
        midge proxy -p 1884 --to mqtt://localhost:1883 \\
          --fault reset@publish-out:3

      A network that is away for half a minute, for some clients only:
        midge proxy -p 1884 --to mqtt://localhost:1883 \\
          --fault 'blackout:30s@after:10s client=sensor*'

      What clients say, for programs, and as a capture for Wireshark:
        midge proxy -p 1884 --to mqtt://localhost:1883 \\
          --json --pcap talk.pcap
      """;

  private static final String CTL =
      """
      Who is connected, and all about one of them:
        midge ctl clients
        midge ctl client s1

      End a connection as a broken network does, and wait until it is back:
        midge ctl kick s1 reset
        midge ctl wait connected s1 10s

      Each third message to a sensor ends its connection, until that is cleared:
        midge ctl fault 'reset@publish-in:every/3 client=s1'
        midge ctl clear
      """;

  private static final String LWT =
      """
      The mini broker, with MQTT 5 and with 3.1.1:
        midge lwt
        midge lwt -V 311

      What there is to play, and some of it five times:
        midge lwt --list
        midge lwt --only 'clean*,reset' --times 5

      Your broker, for programs, for a build server, and for its developers:
        midge lwt -h localhost -p 1883 --json
        midge lwt -h localhost -p 1883 --junit lwt.xml --report lwt.md
      """;

  private static final String DONE = "0|done; also a planned fault\n";
  private static final String STOPPED = "0|done; also a planned fault, Ctrl-C and SIGTERM\n";

  private static final String FAILED =
      """
      1|a wrong command line, an unreadable file, a broker that cannot be reached \
      (or not within --connect-timeout), a planned fault that did not happen
      2|the broker broke the protocol: a wrong acknowledgement, or more messages at once than it may
      4|the broker said DISCONNECT; or the SOCKS5 proxy cannot be reached
      7|the connection was lost
      11|authentication failed, at the proxy or within MQTT 5
      13|no WebSocket is spoken there
      16|the SOCKS5 proxy said no
      19|within the keep alive the broker did not answer, or did not read
      21|the broker sent a malformed packet
      1-5, 128+|the broker refused the connection: its CONNACK code
      """;

  private static final String UNSUPPORTED = "24|the broker does not support that QoS\n";
  private static final String OVERSIZE = "25|larger than the broker takes\n";
  private static final String PUB_DENIED = "50|--strict: the broker refused a message\n";
  private static final String SUB_DENIED =
      "50|--strict: the broker refused a subscription, or granted less QoS\n";
  private static final String RR_DENIED =
      "50|--strict: the broker refused the request or its subscription, or granted less QoS\n";
  private static final String TIMED_OUT = "27|-W: the time was over\n";
  private static final String ENDED =
      "130, 143, 137|ended by SIGINT, SIGTERM, SIGKILL (--fault kill)\n";
  private static final String KILLED = "137|ended by SIGKILL (--fault kill)\n";
  private static final String UNANSWERED = "255|ended by a signal before the broker had answered\n";

  /**
   * Returns that of a command.
   *
   * @throws IllegalArgumentException for a name that is no command's
   */
  public static Manual of(String word) {
    return switch (word) {
      case "pub" ->
          new Manual(
              "-t TOPIC {-m TEXT | -f FILE | -s | -n | -l} [OPTIONS]",
              PUB,
              DONE + FAILED + OVERSIZE + PUB_DENIED + ENDED);
      case "sub" ->
          new Manual(
              "-t FILTER... [OPTIONS]",
              SUB,
              STOPPED + FAILED + OVERSIZE + TIMED_OUT + SUB_DENIED + KILLED + UNANSWERED);
      case "rr" ->
          new Manual(
              "-t TOPIC -e TOPIC {-m TEXT | -f FILE | -s | -n} [OPTIONS]",
              RR,
              DONE + FAILED + UNSUPPORTED + OVERSIZE + TIMED_OUT + RR_DENIED + ENDED);
      case "conn" -> new Manual("[OPTIONS]", CONN, STOPPED + FAILED + KILLED + UNANSWERED);
      case "broker" ->
          new Manual(
              "[-c FILE | -p PORT... [OPTIONS]] [-v | -q]",
              BROKER,
"""
0|ended by Ctrl-C or SIGTERM; --test-config: a good file
1|a port cannot be opened, a file for TLS is no good, the kept state cannot be read
3|a wrong command line, a bad configuration file; a bad password or access file, also at SIGHUP
""");
      case "passwd" ->
          new Manual(
              "[-c | -D] FILE USER | [-c] -b FILE USER PASSWORD | -U FILE",
              PASSWD,
              """
              0|done
              1|wrong words, a file that cannot be read or written, an empty password, no such user (-D)
              2|the password was not repeated
              """);
      case "proxy" ->
          new Manual(
              "[-p PORT] --to URL... [--fault FAULT]... [OPTIONS]",
              PROXY,
              "0|ended by Ctrl-C or SIGTERM\n"
                  + "1|a wrong command line, a port that cannot be opened, a file that cannot be written\n");
      case "ctl" ->
          new Manual(
              "[-p PORT | --control PATH] [--json] COMMAND [ARGUMENTS]",
              CTL,
              """
              0|done
              1|no such client, a time that was over, or wrong words
              2|no broker or proxy listens there
              """);
      case "lwt" ->
          new Manual(
              "[-h HOST] [-p PORT] [OPTIONS]",
              LWT,
              """
              0|the broker kept its word in every row that was not skipped
              1|it did not (with --strict also: not in time), or a row could not be judged; or \
              it cannot be reached, or the command line is wrong
              5, 135|the user may not publish, or not read, below the prefix (MQTT 3.1.1, MQTT 5)
              7|the broker was lost in the middle of the drill; the rest was not examined
              19|the broker accepted the connection, and answered no more before the first row
              130|ended by Ctrl-C or SIGTERM; what was played by then is printed
              other|the connection failed, with the statuses of midge conn
              """);
      default -> throw new IllegalArgumentException(word);
    };
  }

  /** Returns the exit statuses, each with its meaning. */
  Map<String, String> statusTable() {
    Map<String, String> table = new LinkedHashMap<>();
    for (String line : statuses.split("\n")) {
      int bar = line.indexOf('|');
      table.put(line.substring(0, bar), line.substring(bar + 1));
    }
    return table;
  }
}
