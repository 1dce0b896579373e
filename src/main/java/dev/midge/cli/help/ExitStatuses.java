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
      0|pub rr|done; also a planned fault
      0|sub conn|done; also a planned fault, Ctrl-C and SIGTERM
      0|context help examples version|done
      0|doctor|nothing is wrong; there may be warnings
      0|broker|ended by Ctrl-C or SIGTERM; --test-config: a good file
      0|passwd|done
      0|proxy|ended by Ctrl-C or SIGTERM
      0|ctl|done
      0|lwt|the broker kept its word in every row that was not skipped
      1|pub sub rr conn|a wrong command line, an unreadable file, a broker that cannot be reached \
      (or not within --connect-timeout), a planned fault that did not happen
      1|context|wrong words, no such context, a file that cannot be read or written or is malformed
      1|help|no such command or topic, or a wrong command line
      1|examples|no recipe has the word, or a wrong command line
      1|doctor|something is wrong, or a wrong command line
      1|version|a wrong command line
      1|broker|a port cannot be opened, a file for TLS is no good, the kept state cannot be read
      1|passwd|wrong words, a file that cannot be read or written, an empty password, no such user (-D)
      1|proxy|a wrong command line, a port that cannot be opened, a file that cannot be written
      1|ctl|no such client, a time that was over, or wrong words
      1|lwt|the broker did not keep it (with --strict also: not in time), or a row could not be judged; or \
      it cannot be reached, or the command line is wrong
      2|pub sub rr conn|the broker broke the protocol: a wrong acknowledgement, or more messages at once than it may
      2|passwd|the password was not repeated
      2|ctl|no broker or proxy listens there
      3|broker|a wrong command line, a bad configuration file; a bad password or access file, also at SIGHUP
      4|pub sub rr conn|DISCONNECT came, or the SOCKS5 proxy is not reached
      5, 135|lwt|the user may not publish, or not read, below the prefix (MQTT 3.1.1, MQTT 5)
      7|pub sub rr conn|the connection was lost
      7|lwt|the broker was lost in the middle of the drill; the rest was not examined
      11|pub sub rr conn|authentication failed, at the proxy or within MQTT 5
      13|pub sub rr conn|no WebSocket is spoken there
      16|pub sub rr conn|the SOCKS5 proxy said no
      19|pub sub rr conn|within the keep alive the broker did not answer, or did not read
      19|lwt|the broker accepted the connection, and answered no more before the first row
      21|pub sub rr conn|the broker sent a malformed packet
      1-5, 128+|pub sub rr conn|the broker refused the connection: its CONNACK code
      24|rr|the broker does not support that QoS
      25|pub sub rr|larger than the broker takes
      27|sub rr|-W: the time was over; a signal ended an expectation
      50|pub|--strict: the broker refused a message
      50|sub|--strict: the broker refused a subscription, or granted less QoS
      50|rr|--strict: the broker refused the request or its subscription, or granted less QoS
      51|sub|--expect: messages came and none was the right one; --none: it came
      52|sub rr|--exec: a command failed, took or wrote too long, or could not be started
      53|sub rr|--strict: a message could not be decoded, or did not fit its schema
      130, 143, 137|pub sub rr conn|ended by SIGINT, SIGTERM, SIGKILL (--fault kill); what has an end in order: by a second \
      signal
      130|lwt|ended by Ctrl-C or SIGTERM; what was played by then is printed
      255|sub rr conn|a signal, or its time, ended it before an answer (rr: as it serves)
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
