package dev.midge.cli.help;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The exit statuses of all commands: the one table that help, the manual pages and docs/statuses.md
 * have them from.
 */
public final class ExitStatuses {
  /** A row is a status or several, the commands that end with it, and when they do. */
  private static final String TABLE =
      """
      0|pub rr|success, also after a planned fault; rr that serves: also after Ctrl-C and SIGTERM
      0|sub conn|success, also after a planned fault, Ctrl-C and SIGTERM
      0|context help examples version|success
      0|doctor|nothing is wrong; there may be warnings
      0|broker|ended by Ctrl-C or SIGTERM; --test-config: the file is valid
      0|passwd|success
      0|proxy|ended by Ctrl-C or SIGTERM
      0|ctl|success
      0|lwt|the broker kept the rule in every row that was not skipped
      1|pub sub rr conn|a wrong command line, an unreadable file, a broker that cannot be reached \
      (or not within --connect-timeout), a planned fault that did not happen
      1|context|a wrong command line, no such context, a file that is malformed or cannot be read or written
      1|help|a wrong command line, or no such command or topic
      1|examples|a wrong command line, or no recipe with these words
      1|doctor|something is wrong, or a wrong command line
      1|version|a wrong command line
      1|broker|a port that cannot be opened, a TLS file that cannot be used, saved state that cannot be read
      1|passwd|a wrong command line, a file that cannot be read or written, an empty password, no such user (-D)
      1|proxy|a wrong command line, a port that cannot be opened, a file that cannot be written
      1|ctl|a wrong command line, no such client, a wait that timed out, or a command that failed
      1|lwt|the broker broke a rule (--strict: also, a will came too early or too late), or a row could not \
      be judged; or no broker was reached, or a wrong command line
      2|pub sub rr conn|the broker broke the protocol: a wrong acknowledgement, or too many messages at once
      2|passwd|the repeated password is not the same
      2|ctl|no broker or proxy of this user listens there
      3|broker|a wrong command line, a bad configuration file; a bad password or access file, also at SIGHUP
      4|pub sub rr conn|DISCONNECT came, or the SOCKS5 proxy is unreachable
      5, 135|lwt|the user may not publish or subscribe below the prefix (MQTT 3.1.1, MQTT 5)
      7|pub sub rr conn|the connection was lost
      7|lwt|the broker was lost during the drill; the rest was not examined
      11|pub sub rr conn|authentication failed, at the proxy or within MQTT 5
      13|pub sub rr conn|the server does not speak WebSocket
      16|pub sub rr conn|the SOCKS5 proxy refused the connection
      19|pub sub rr conn|the broker did not answer, or did not read, within the keep alive
      19|lwt|the broker accepted the connection, but did not answer before the first row
      21|pub sub rr conn|the broker sent a malformed packet
      1-5, 128+|pub sub rr conn|the broker refused the connection: its CONNACK code
      24|rr|the broker does not support that QoS
      25|pub sub rr|larger than the broker accepts
      27|sub rr|the -W time is over, or a signal ended an expectation
      50|pub|--strict: the broker refused a message
      50|sub|--strict: the broker refused a subscription, or granted a lower QoS
      50|rr|--strict: the broker refused the request or its subscription, or granted a lower QoS
      51|sub|--expect: messages came, but not the expected one; --none: the message came that must not come
      52|sub rr|--exec: a command failed, ran for too long, wrote too much, or did not start
      53|sub rr|--strict: a message could not be decoded, or did not fit its schema
      130, 143, 137|pub sub rr conn|ended by SIGINT, SIGTERM, SIGKILL (--fault kill); sub, conn and rr that serves: \
      by a second signal
      130|lwt|ended by Ctrl-C or SIGTERM; prints the played rows
      255|sub rr conn|a signal or -W before CONNACK (rr that serves)
      other|lwt|the connection failed, with the statuses of midge conn
      """;

  /**
   * A row of the table.
   *
   * @param status one number, several, or a word for them
   * @param commands those that end with it
   */
  public record Row(String status, List<String> commands, String meaning) {}

  private ExitStatuses() {}

  /** Returns the rows, by their statuses. */
  public static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : TABLE.split("\n")) {
      String[] cells = line.split("\\|", 3);
      rows.add(new Row(cells[0], List.of(cells[1].split(" ")), cells[2]));
    }
    return rows;
  }

  /** Returns the statuses of a command, each with its meaning. */
  static Map<String, String> of(String command) {
    Map<String, String> statuses = new LinkedHashMap<>();
    for (Row row : rows()) {
      if (row.commands().contains(command)) {
        statuses.put(row.status(), row.meaning());
      }
    }
    return statuses;
  }
}
